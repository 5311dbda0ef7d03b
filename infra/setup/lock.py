"""Write requirements.lock: the newest versions that fit together, for every system, with their hashes.

No address of a package index lands in it, so that it can be installed from whichever index a machine uses.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
HEADER = "# The exact versions and hashes of everything Vitaal runs on. Made by `make lock`.\n"


def main() -> None:
    """Resolve anew, or exit with the resolver's words."""
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version=3.11", "--all-extras",
        "--upgrade", "--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links",
        "pyproject.toml",
    ]  # fmt: skip
    resolved = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if resolved.returncode:
        sys.exit(resolved.returncode)
    LOCK.write_text(HEADER + resolved.stdout)


if __name__ == "__main__":
    main()
