"""Files: a folder in the instance by default, or whatever fsspec address is configured."""

import fsspec
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
