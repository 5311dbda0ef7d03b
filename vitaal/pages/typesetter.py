"""The process in which PDFs are set: a program of its own, run by `press` and gone when that is done.

Each line on its input is a document: sources and data. For each it splits off a process, which begins where all is
ready, and so needs no start of its own; nothing of one document is left for the next. That one answers a line that says
how it went and how many bytes follow: the PDF, or what is wrong. It may use little time and memory, writes no file,
knows none of our settings, and finds nothing but the fonts. Source: trust.md, PDF/Typst.
"""

import json
import os
import re
import resource
import sys
from typing import Any

import typst

MOST_SECONDS = 20
MOST_MEMORY = 512 * 1024 * 1024
UNKNOWN_LETTER = "\N{WHITE SQUARE}"

_WITHOUT_A_FONT = re.compile(r'the text `"(.+?)"` could not be displayed with font')
_CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")
# All but Latin, Greek, Cyrillic, punctuation, currencies, arrows and simple shapes: what our fonts have all of.
RARE = re.compile(
    "[^\n -~\xa0-\u024f\u0391-\u03a1\u03a3-\u03ff\u0400-\u045f\u1e00-\u1eff\u2010-\u2027\u20a0-\u20c0"
    "\u2190-\u23ff\u25a0-\u25ff]"
)


def main() -> None:
    """Set what was asked, one document after the other; where one is stopped, end in the same way."""
    _stay_small()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[sys.argv[1]])
    for line in sys.stdin.buffer:
        if not (process := os.fork()):
            _answer(json.loads(line), fonts)
            return
        _, ended = os.waitpid(process, 0)
        if (code := os.waitstatus_to_exitcode(ended)) < 0:
            os.kill(os.getpid(), -code)
        elif code:
            sys.exit(code)


def _answer(asked: dict[str, Any], fonts: typst.Fonts) -> None:
    """Write the PDF; a template that is wrong is told in the typesetter's words."""
    try:
        made, is_made = _set(**asked, fonts=fonts), True
    except typst.TypstError as mistake:
        made, is_made = (mistake.diagnostic or mistake.message).encode(), False
    sys.stdout.buffer.write(b"%d %d\n" % (is_made, len(made)) + made)
    sys.stdout.buffer.flush()


def _stay_small() -> None:
    """For this process, and anew for each that it splits off."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _set(sources: dict[str, str], given: str, moment: int, fonts: typst.Fonts) -> bytes:
    """The PDF; a letter that no font has becomes a square, because a PDF/UA may not leave it out unsaid."""
    files = {name: source.encode() for name, source in sources.items()}

    def compiled(data: str) -> bytes:
        return typst.compile(  # type: ignore[call-overload, no-any-return]  # its types know one file, it takes more
            files, root=sys.argv[1], font_paths=fonts, sys_inputs={"given": data}, pdf_standards=["a-2a", "ua-1"],
            timestamp=moment,
        )  # fmt: skip

    for _attempt in range(2):
        try:
            return compiled(given)
        except BaseException as failure:  # noqa: BLE001  # when Rust breaks down that is no Exception
            given = _simpler(given, failure)
    return compiled(RARE.sub(UNKNOWN_LETTER, given))


def _simpler(given: str, failure: BaseException) -> str:
    """With squares for the letters on which it failed; raises the failure again when that was not about letters.

    It names the letters that no font has, all at once. Now and then it breaks down on them where a script that runs
    from right to left goes on in the next line (typst 0.15): then those of all rare scripts become squares.
    """
    if type(failure).__name__ == "PanicException":
        return RARE.sub(UNKNOWN_LETTER, given)
    named = _WITHOUT_A_FONT.findall(failure.diagnostic) if isinstance(failure, typst.TypstError) else []
    texts = (_CODE_POINT.sub(lambda found: chr(int(found[1], 16)), name) for name in named)
    strange = sorted({text for text in texts if not text.isascii()}, key=len, reverse=True)
    if not strange:
        raise failure
    return re.sub("|".join(map(re.escape, strange)), UNKNOWN_LETTER, given)


if __name__ == "__main__":
    main()
