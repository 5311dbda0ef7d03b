"""PostgreSQL refuses to run as root. Where root starts Vitaal, it runs as the owner of its data, `nobody`."""

import os
import pwd
import stat
from collections.abc import Sequence
from pathlib import Path

_UNPRIVILEGED = "nobody"


def user_name() -> str:
    """Who we are, by the name that PostgreSQL gets to hear."""
    return pwd.getpwuid(os.geteuid()).pw_name


def give(folder: Path) -> None:
    """Hand a folder to whoever runs the command of `dropped`."""
    if os.geteuid() == 0:
        them = pwd.getpwnam(_UNPRIVILEGED)
        os.chown(folder, them.pw_uid, them.pw_gid)


def dropped(command: Sequence[str], data: Path) -> list[str]:
    """The command that runs `command` without root's privileges, as the owner of the folder `data`.

    A folder below one that is private to root, such as /root, can't be reached without a privilege. Rather
    than open root's folders to everyone, that one privilege, to pass file modes, goes along.
    """
    if os.geteuid() != 0:
        return list(command)
    owner = data.stat()
    drop = ["setpriv", f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups"]
    if not (_is_open(Path(command[0])) and _is_open(data.parent)):
        drop += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return [*drop, "--", *command]


def _is_open(path: Path) -> bool:
    """Whether anyone may pass through each folder of this path, and through the path itself."""
    path = path.resolve()
    return all(one.stat().st_mode & stat.S_IXOTH for one in (path, *path.parents))
