"""Find a Chromium for the browser tests, and install one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_SECONDS = 300


def find() -> str | None:
    """The Chromium of the system or, failing that, the one that Playwright downloaded earlier."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    kept = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    downloaded = sorted(kept.glob("chromium-*/chrome-linux*/chrome"))
    return str(downloaded[-1]) if downloaded else None


def main() -> None:
    """Make sure that `find()` finds one, or exit with one sentence."""
    if find():
        return
    print("Installing Chromium for the browser tests …", flush=True)
    for install in (_by_playwright, _by_apt):
        install()
        if find():
            return
    sys.exit(
        "The browser tests need Chromium and it could not be installed here: install the package chromium "
        "with your system's package manager."
    )


def _by_playwright() -> None:
    """Try the download first on its own: where it can't be reached, no time goes to its libraries."""
    playwright = [sys.executable, "-m", "playwright", "install"]
    if _run([*playwright, "chromium"], is_a_try=True):
        _run([*playwright, "--with-deps", "chromium"])


def _by_apt() -> None:
    if not shutil.which("apt-get"):
        return
    may = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if may and not shutil.which("sudo"):
        return
    quietly = [*may, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2", "--yes"]
    _run([*quietly, "update"])
    _run([*quietly, "install", "--no-install-recommends", "chromium", "fonts-liberation"])


def _run(command: list[str], *, is_a_try: bool = False) -> bool:
    """Whether the command succeeded in time; what it says is shown only when it did not."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    if done.returncode and not is_a_try:
        print((done.stdout + done.stderr).strip()[-600:], flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
