"""Files: a folder in the instance by default, or whatever fsspec address is configured.

A file is written once, whole, under a name that nobody can guess; the database's row says whose it is.
"""

import fsspec
from flask import current_app
from fsspec.implementations.dirfs import DirFileSystem

from vitaal.settings import BadSetting, Settings


def open_storage(settings: Settings) -> DirFileSystem:
    """The file system that holds this installation's files; paths are relative to its root. Raises BadSetting."""
    address = settings.storage_url or (settings.instance / "files").as_uri()
    try:
        file_system, root = fsspec.core.url_to_fs(address)
        file_system.makedirs(root, exist_ok=True)
    except (OSError, ValueError, ImportError) as error:
        raise BadSetting(f"Files can't be kept where VITAAL_STORAGE_URL says: {error}") from error
    return DirFileSystem(path=root, fs=file_system)


def keep(path: str, content: bytes) -> None:
    """Write a file. Raises OSError when that failed; then part of it may be there."""
    storage = _storage()
    storage.makedirs(path.rpartition("/")[0], exist_ok=True)
    storage.pipe_file(path, content)


def fetch(path: str) -> bytes | None:
    """What a file holds, or None when it is not there."""
    try:
        content: bytes = _storage().cat_file(path)
    except FileNotFoundError:
        return None
    return content


def throw_away(path: str) -> None:
    """Remove a file; one that is not there any more is fine."""
    try:
        _storage().rm_file(path)
    except FileNotFoundError:
        pass  # it was thrown away before


def _storage() -> DirFileSystem:
    storage: DirFileSystem = current_app.extensions["storage"]
    return storage
