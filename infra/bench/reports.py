"""Reports beside their limit: the same documents set by `typst.compile` alone, in this process.

`python -m infra.bench.reports [REPORTS]` (350 unless told otherwise).
"""

import resource
import sys
from collections.abc import Callable, Mapping
from datetime import date
from time import perf_counter
from typing import Any

import typst

from vitaal.pages.document import Document, Entries, Entry, Figure, Figures, Head, Section, Table, Text
from vitaal.pages.press import FONTS, Press
from vitaal.pages.rendering import pdf as rendering
from vitaal.pages.theme import Tokens, from_colour

_PARTS = (
    "Onze opgave",
    "Wat we deden",
    "Hoe we samenwerken",
    "Spelregels",
    "Mensen",
    "Wat we leerden",
    "Wat we vragen",
)


def main() -> None:
    """Print seconds per report of the product, of the limit, their ratio, and memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 350
    tokens = from_colour("#14594b")
    with Press() as press:
        product = _timed(count, lambda number: rendering.pdf(_document(number), tokens=tokens, press=press))
    limit = _timed(min(count, 50), _bare(tokens))
    memory = [
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    print(
        f"{count} reports of about eight pages: {product:.3f} s each, typst alone {limit:.3f} s, {product / limit:.2f} "
        f"times the limit; {product * count:.0f} s in all; memory {memory[0]} MB here, {memory[1]} MB in the press"
    )


def _timed(count: int, make: Callable[[int], bytes]) -> float:
    began = perf_counter()
    for number in range(count):
        make(number)
    return (perf_counter() - began) / count


def _document(number: int) -> Document:
    """A report of a quarter, different for each number, as a lively coalition has it."""
    rows = tuple(
        (f"Actie {row} van plek {number}", "Buurthuis De Kom", date(2026, 9, 1 + row % 28))
        for row in range(25)
    )
    entries = tuple(
        Entry(
            f"Resultaat {each} van plek {number}", "Omdat wie elkaar kent, elkaar helpt. " * 4, "Welzijn Oost"
        )
        for each in range(8)
    )
    sections = tuple(
        Section(
            f"deel-{place}", title,
            (
                Text(f"Plek {number}. " + "In dit kwartaal gebeurde er veel. " * 12),
                Figures((Figure(str(number), "partners"), Figure("12", "acties klaar"))),
                Entries(entries, "Wat lukte"),
                Table(f"tabel-{place}", "Acties", (Head("Actie"), Head("Wie"), Head("Klaar op")), rows),
            ),
            words="Het verhaal erachter. " * 20,
        )
        for place, title in enumerate(_PARTS)
    )  # fmt: skip
    return Document(
        f"Onze voortgang {number}",
        "Wat we deden.",
        f"Plek {number}",
        "Amersfoort",
        "2026",
        "nl",
        date(2026, 11, 26),
        sections,
    )


class Listening(Press):
    """A press that keeps what it was asked and sets nothing."""

    asked: Mapping[str, Any]

    def set(self, asked: Mapping[str, Any]) -> bytes:
        """Keep it."""
        self.asked = asked
        return b""


def _bare(tokens: Tokens) -> Callable[[int], bytes]:
    """Typst in this process, on what the product gives it."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    listening = Listening()

    def compile_bare(number: int) -> bytes:
        rendering.pdf(_document(number), tokens=tokens, press=listening)
        files = {name: source.encode() for name, source in listening.asked["sources"].items()}
        made: bytes = typst.compile(  # type: ignore[call-overload]
            files, root=str(FONTS), font_paths=fonts, sys_inputs={"given": listening.asked["given"]},
            pdf_standards=["a-2a", "ua-1"],
        )  # fmt: skip
        return made

    return compile_bare


if __name__ == "__main__":
    main()
