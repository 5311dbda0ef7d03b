"""A PDF can be read by everyone, and what people typed stays text: it can't become code or break out of the page."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages.pdf import Read, read
from vitaal.kernel import clock
from vitaal.pages import theme, typesetter
from vitaal.pages.press import Press, TooMuch, WrongTemplate
from vitaal.pages.typeset import typeset
from vitaal.pages.typesetter import UNKNOWN_LETTER
from vitaal.settings import ROOT

TOKENS = theme.from_colour("#14594b")
LETTER = """
#import "house.typ": *
#show: house
#opening()
#heading(level: 2, data.head)
#within(text-width, data.text)
"""
CODE = [
    "#sys.inputs", '#eval("1 + 1")', '#read("/etc/passwd")', '#import "@preview/cetz:0.3.0"', "*vet* _schuin_",
    "$ x^2 $", "\\ \\u{41} \\", "] } ) #", "`raw` ```typ #1```", "<label> @label", "= Kop - punt + 1. / a: b",
    "// weg /* weg */", "~ -- --- ...", '"aanhaling" \'s', "{{ 7 * 7 }} {% if %}", "<script>alert(1)</script>",
]  # fmt: skip


def made(folder: Path, source: str = LETTER, *, place: str = "Samen", **data: Any) -> bytes:
    template = folder / "letter.typ"
    template.write_text(source)
    given = {"head": "Zo", "text": "Hallo", **data}
    return typeset(template, given, title="Een brief", place=place, language="nl", tokens=TOKENS)


def letter(folder: Path, source: str = LETTER, **data: Any) -> Read:
    return read(made(folder, source, **data))


def test_a_pdf_says_that_it_is_accessible_and_can_be_kept(tmp_path: Path) -> None:
    pdf = letter(tmp_path)
    assert pdf.catalogue["/MarkInfo"]["/Marked"]
    assert pdf.tags[0] == "Document"
    assert pdf.catalogue["/Lang"] == "nl"
    assert pdf.catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert (pdf.title, pdf.ua_part, pdf.a_level) == ("Een brief", "1", "2A")


def test_headings_are_tagged_and_are_bookmarks(tmp_path: Path) -> None:
    pdf = letter(tmp_path, head="Wat we doen")
    assert [tag for tag in pdf.tags if tag.startswith("H")] == ["H1", "H2"]
    assert pdf.bookmarks == ["Een brief", "Wat we doen"]


def test_decoration_is_not_read_out(tmp_path: Path) -> None:
    assert "Figure" not in letter(tmp_path).tags


def test_every_font_is_in_the_file(tmp_path: Path) -> None:
    fonts = letter(tmp_path, text="Zoë 👍 مرحبا Привет").fonts
    assert len(fonts) > 2
    assert all(fonts.values())
    assert any("Figtree" in name for name in fonts)


@pytest.mark.parametrize("typed", CODE)
def test_what_people_typed_stays_text(tmp_path: Path, typed: str) -> None:
    pdf = letter(tmp_path, text=f"Voor {typed} na", head=typed, place=typed)
    assert f"Voor {' '.join(typed.split())} na" in pdf.text
    assert pdf.bookmarks == ["Een brief", typed]


@pytest.mark.parametrize("typed", ["x" * 300, "WWWW" * 75, "a-" * 150, "https://example.nl/" + "pad/" * 80])
def test_a_very_long_word_goes_on_in_the_next_line_and_keeps_its_letters(tmp_path: Path, typed: str) -> None:
    pdf = letter(tmp_path, text=typed, head=typed, place=typed)
    assert "".join(pdf.text.split()).count(typed) == 3
    assert max(map(len, pdf.pages[0].splitlines())) < 110


@pytest.mark.parametrize(
    "typed",
    [
        "Feest 🎉 👍🏽 👩‍👩‍👧 🇳🇱",
        "Γειά σου",
        "Привет",
        "שלום",
        "سلام",
        "Łódź, Çiğdem, Māori",
        "½ € … “ja” → ✓",
    ],
)
def test_other_scripts_and_emoji_are_shown(tmp_path: Path, typed: str) -> None:
    pdf = letter(tmp_path, text=typed)
    assert typed in pdf.text
    assert UNKNOWN_LETTER not in pdf.text


def test_a_letter_that_no_font_has_becomes_a_square(tmp_path: Path) -> None:
    assert (
        f"Samen {UNKNOWN_LETTER}{UNKNOWN_LETTER} eten {UNKNOWN_LETTER}"
        in letter(tmp_path, text="Samen 你好 eten \ue001").text
    )


def test_what_has_no_shape_is_left_out(tmp_path: Path) -> None:
    assert "Samen eten en meer" in letter(tmp_path, text="Samen\x07eten\u202e\ten\x9dmeer").text


def test_lines_that_people_typed_stay_lines(tmp_path: Path) -> None:
    assert "Een\nTwee" in letter(tmp_path, text="Een\nTwee").pages[0]


RARE = [chr(code) for start, end in ((0x300, 0x370), (0x591, 0x8FF), (0x900, 0x980), (0x10F00, 0x10F60), (0x1E8A0, 0x1E8E0))
        for code in range(start, end)]  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(st.sampled_from([*RARE, " ", " ", "a"]), min_size=100, max_size=400))
def test_no_mixture_of_rare_scripts_stops_it(tmp_path: Path, typed: list[str]) -> None:
    assert letter(tmp_path, text="".join(typed)).ua_part == "1"


def test_a_script_that_breaks_the_typesetter_becomes_squares_and_the_rest_stays(tmp_path: Path) -> None:
    every_sign = " ".join(chr(code) for code in range(0x641, 0x6A4))
    text = letter(tmp_path, text=f"{every_sign} Zoë eet mee, €\xa04", head="Привет").text
    assert "Zoë eet mee, € 4" in text
    assert "Привет" in text
    assert UNKNOWN_LETTER in text


def test_the_fonts_have_every_letter_of_the_usual_scripts(tmp_path: Path) -> None:
    usual = [chr(code) for code in range(0x2600) if not typesetter.RARE.match(chr(code))]
    source = '#import "house.typ": *\n#show: house\n#opening()\n#for one in data.text [#one #h(1em)]'
    assert letter(tmp_path, source, text=usual).text.count(UNKNOWN_LETTER) == 1


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(st.text(max_size=60), min_size=20, max_size=60))
def test_no_text_at_all_stops_it(tmp_path: Path, typed: list[str]) -> None:
    source = '#import "house.typ": *\n#show: house\n#opening()\n#for one in data.text [#one #parbreak()]'
    assert letter(tmp_path, source, text=typed, place=typed[0]).ua_part == "1"


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../../../../../../etc/passwd", "secret.txt", "/house.typ.bak"]
)
def test_a_template_reads_nothing_of_this_machine(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("geheim")
    with pytest.raises(WrongTemplate, match=r"not found|escape"):
        letter(tmp_path, f'#import "house.typ": *\n#show: house\n#read("{path}")')


def test_no_template_of_ours_asks_for_a_package_or_runs_text() -> None:
    sources = [path.read_text() for path in (ROOT / "vitaal").rglob("*.typ")]
    assert len(sources) > 1
    assert [
        source for source in sources if re.search(r'"@|\beval\b|\bread\(|\bplugin\b|\blink\(', source)
    ] == []


def test_a_mistake_in_a_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongTemplate, match="unknown variable"):
        letter(tmp_path, "#nergens")


def test_a_template_that_asks_for_too_much_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(TooMuch):
        letter(tmp_path, LETTER + '#let all = "x" * 2000000000')


def test_a_whole_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooMuch):
        letter(tmp_path, text="boek " * 60_000)


def test_pages_are_numbered_from_the_second_on(tmp_path: Path) -> None:
    one, more = letter(tmp_path), letter(tmp_path, text="Veel woorden. " * 600)
    assert "1 / 1" not in one.text
    assert len(more.pages) > 1
    assert f"1 / {len(more.pages)}" in more.pages[0]


def test_what_goes_wrong_with_one_document_does_not_touch_the_next(tmp_path: Path) -> None:
    template = tmp_path / "letter.typ"
    about: dict[str, Any] = {"title": "Brief", "place": "Samen", "language": "nl", "tokens": TOKENS}
    greedy, wrong = '#import "house.typ": *\n#show: house\n#let all = "x" * 2000000000', "#nergens"
    with Press() as press:
        for source in (greedy, wrong):
            template.write_text(source)
            with pytest.raises((TooMuch, WrongTemplate)):
                typeset(template, {}, **about, press=press)
            template.write_text(LETTER)
            made = typeset(template, {"head": "Zo", "text": "Hallo"}, **about, press=press)
            assert "Hallo" in read(made).text


def test_nothing_of_a_document_is_left_for_the_next(tmp_path: Path) -> None:
    sizes = []
    template = tmp_path / "letter.typ"
    template.write_text(LETTER)
    about: dict[str, Any] = {"title": "Brief", "place": "Samen", "language": "nl", "tokens": TOKENS}
    with Press() as press:
        for text in ("Woorden. " * 9_000, "Hallo", "Hallo"):
            typeset(template, {"head": "Zo", "text": text}, **about, press=press)
            assert press.process_id
            sizes.append(psutil.Process(press.process_id).memory_info().rss)
    assert max(sizes) < min(sizes) * 1.1


def test_the_same_at_the_same_moment_is_the_same_file(tmp_path: Path) -> None:
    with clock.at(datetime(2026, 11, 26, 9, tzinfo=UTC)):
        assert made(tmp_path) == made(tmp_path)
