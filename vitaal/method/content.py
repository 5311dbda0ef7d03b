"""The files of the method, read from disk."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"


@cache
def read(name: str) -> dict[str, Any]:
    """Give the content of one file of the method, such as `routes`, as plain data, read once.

    For the modules beside this one, which turn it into objects and never change it.
    Raises FileNotFoundError when the method has no such file.
    """
    content: dict[str, Any] = yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))
    return content
