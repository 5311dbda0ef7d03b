"""The process in which one PDF is set: a program of its own, run by `typeset` and gone when it is done.

It gets sources and data on its input and gives the PDF on its output. It may use little time and memory, writes no
file, knows none of our settings, and finds nothing but the fonts. Source: trust.md, PDF/Typst.
"""

import json
import re
import resource
import sys

import typst

MOST_SECONDS = 20
MOST_MEMORY = 512 * 1024 * 1024
UNKNOWN_LETTER = "\N{WHITE SQUARE}"

_WITHOUT_A_FONT = re.compile(r'the text `"(.+?)"` could not be displayed with font')
_CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")


def main() -> None:
    """Set what was asked; exit with the typesetter's words where a template is wrong."""
    _stay_small()
    asked = json.load(sys.stdin)
    try:
        made = _set(**asked)
    except typst.TypstError as mistake:
        sys.exit(mistake.diagnostic or mistake.message)
    sys.stdout.buffer.write(made)


def _stay_small() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _set(sources: dict[str, str], given: str, fonts: str, moment: int) -> bytes:
    """The PDF; a letter that no font has becomes a square, because a PDF/UA may not leave it out unsaid."""
    files = {name: source.encode() for name, source in sources.items()}
    ours = typst.Fonts(include_system_fonts=False, font_paths=[fonts])

    def compiled(data: str) -> bytes:
        return typst.compile(  # type: ignore[call-overload, no-any-return]  # its types know one file, it takes more
            files, root=fonts, font_paths=ours, sys_inputs={"given": data}, pdf_standards=["a-2a", "ua-1"],
            timestamp=moment,
        )  # fmt: skip

    try:
        return compiled(given)
    except typst.TypstError as refused:
        strange = _without_a_font(refused.diagnostic)
        if not strange:
            raise
    return compiled(strange.sub(UNKNOWN_LETTER, given))


def _without_a_font(diagnostic: str) -> re.Pattern[str] | None:
    """What was refused because no font can show it: all of it is named at once."""
    named = (
        _CODE_POINT.sub(lambda found: chr(int(found[1], 16)), text)
        for text in _WITHOUT_A_FONT.findall(diagnostic)
    )
    strange = sorted({text for text in named if not text.isascii()}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, strange))) if strange else None


if __name__ == "__main__":
    main()
