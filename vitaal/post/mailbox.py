"""The carrier for one machine: letters stay here as files, to be read on /dev/post."""

import json
from typing import Any

from fsspec.implementations.dirfs import DirFileSystem

from vitaal.kernel import clock
from vitaal.post.models import Letter

_FOLDER = "post"
MOST_SHOWN = 1000


class LocalMailbox:
    """Handing over a letter is writing its file; doing it twice changes nothing."""

    def __init__(self, storage: DirFileSystem) -> None:
        """`storage` is where this installation keeps its files."""
        self._storage = storage
        storage.makedirs(_FOLDER, exist_ok=True)

    def greet(self) -> None:
        """It is always there."""

    def offer(self, letter: Letter) -> None:
        """Every letter is welcome."""

    def withdraw(self) -> None:
        """Nothing was written yet."""

    def hand_over(self, letter: Letter) -> None:
        """Write the letter's file; a reader sees it whole or not at all."""
        content = {
            "id": str(letter.id),
            "to": letter.recipient,
            "subject": letter.subject,
            "text": letter.text,
            "html": letter.html,
            "sent_at": clock.now().isoformat(),
        }
        unfinished = f"{_FOLDER}/.{letter.id}"
        self._storage.pipe_file(unfinished, json.dumps(content).encode())
        self._storage.mv(unfinished, f"{_FOLDER}/{letter.id}.json")

    def close(self) -> None:
        """There is nothing to close."""

    def letters(self, most: int = MOST_SHOWN) -> list[dict[str, Any]]:
        """The letters in it, the last written first, at most `most`."""
        names = [name for name in self._storage.ls(_FOLDER, detail=False) if name.endswith(".json")]
        return [json.loads(self._storage.cat_file(name)) for name in sorted(names, reverse=True)[:most]]

    def letter(self, letter_id: str) -> dict[str, Any] | None:
        """One of them, or None."""
        name = f"{_FOLDER}/{letter_id}.json"
        if not self._storage.exists(name):
            return None
        letter: dict[str, Any] = json.loads(self._storage.cat_file(name))
        return letter
