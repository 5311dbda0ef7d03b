"""Tables as files: what looks like a formula stays text, and what makes a reader burst is refused."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import odfdo
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from vitaal.kernel.plain_text import decode
from vitaal.kernel.sheets import Value
from vitaal.kernel.sheets.reading import Reason, Unreadable, read
from vitaal.kernel.sheets.writing import Head, Sheet, looks_like_a_formula, write, write_sheets

FORMULAS = [
    "=1+1",
    "+31 6 12345678",
    "-10% korting",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "   =cmd|' /C calc'!A0",
    "\u00a0=1",
    "\u3000\u200b＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
]
DAY = date(2026, 11, 24)


def as_file(file_type: str, rows: Iterable[Sequence[Value]]) -> bytes:
    into = io.BytesIO()
    write(file_type, into, "Agenda", [Head("Titel"), Head("Dag")], rows)
    return into.getvalue()


def book(make: Callable[[Any], Any]) -> bytes:
    into = io.BytesIO()
    with xlsxwriter.Workbook(into) as workbook:
        make(workbook.add_worksheet())
    return into.getvalue()


def refusal(content: bytes) -> Reason:
    with pytest.raises(Unreadable) as refused:
        read(content, most_rows=5_000)
    return refused.value.reason


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_takes_for_a_formula_is_recognised(text: str) -> None:
    assert looks_like_a_formula(text)


@pytest.mark.parametrize("text", ["", "Folder maken", "1 + 1 = 2", "ria@buurt.nl", "5-3", "’t Huis", "—"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert not looks_like_a_formula(text)


def test_in_csv_a_formula_gets_an_apostrophe_and_stays_in_its_cell() -> None:
    text = as_file("csv", [(formula, DAY) for formula in FORMULAS]).decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")][1:]
    assert cells == [f"'{formula}" for formula in FORMULAS]


def test_csv_is_as_dutch_excel_expects_it() -> None:
    content = as_file("csv", [('Zeg "hoi"; en dag', DAY)])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == '"Titel";"Dag"\r\n"Zeg ""hoi""; en dag";"2026-11-24"\r\n'


def test_in_xlsx_a_formula_is_text_and_a_day_is_a_day() -> None:
    content = as_file("xlsx", [(formula, DAY) for formula in FORMULAS])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    assert [(str(title).replace("\r\n", "\r"), day) for title, day in rows] == [
        (text, DAY) for text in FORMULAS
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_in_ods_a_formula_is_text_and_a_day_is_a_day() -> None:
    document = odfdo.Document(io.BytesIO(as_file("ods", [(formula, DAY) for formula in FORMULAS])))
    table = document.body.get_table(name="Agenda")
    cells = [row.get_cells() for row in table.get_rows()][1:]
    assert {title.type for title, _ in cells} == {"string"}
    assert {(day.type, day.value) for _, day in cells} == {("date", DAY)}
    assert not any(title.formula for title, _ in cells)
    assert [" ".join(str(title.value).split()) for title, _ in cells] == [
        " ".join(text.split()) for text in FORMULAS
    ]


@pytest.mark.parametrize("file_type", ["csv", "xlsx", "ods"])
def test_text_that_no_file_can_hold_is_told_instead_of_breaking_the_file(file_type: str) -> None:
    odd = "a\x01b\ud800c\ufffe <&> \U0001f468\u200d\U0001f469"
    rows = read(as_file(file_type, [(odd, None), (7, date(1, 2, 3))]), most_rows=10)
    assert rows[1:] == [
        (2, ["a\ufffdb\ufffdc\ufffd <&> \U0001f468\u200d\U0001f469", ""]),
        (3, ["7", "0001-02-03"]),
    ]


@pytest.mark.parametrize("file_type", ["csv", "xlsx", "ods"])
def test_what_is_written_can_be_read_with_its_lines_and_spaces(file_type: str) -> None:
    rows = read(as_file(file_type, [("Eerst  eten\n\n  dan praten", DAY)]), most_rows=10)
    assert rows[1] == (2, ["Eerst  eten\n\n  dan praten", "2026-11-24"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_whatever_program_saved_it(encoding: str) -> None:
    assert decode("Café, één ‘crème brûlée’".encode(encoding)) == "Café, één ‘crème brûlée’"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_whatever_stands_between_the_cells(separator: str) -> None:
    text = separator.join(["Titel", "Wat"]) + "\r\n" + separator.join(["Eten", '"twee\r\nregels"'])
    assert read(text.encode(), most_rows=10) == [(1, ["Titel", "Wat"]), (2, ["Eten", "twee\r\nregels"])]


def test_a_hint_for_excel_is_no_row() -> None:
    assert read(b"sep=,\r\nTitel,Wat; waarom\r\n", most_rows=10) == [(1, ["Titel", "Wat; waarom"])]


def test_rows_keep_the_number_that_people_see() -> None:
    def make(sheet: Any) -> None:
        sheet.write(2, 1, "Titel")
        sheet.write(4, 1, "Eten")

    assert read(book(make), most_rows=10) == [(3, ["Titel"]), (5, ["Eten"])]


def test_a_nul_is_told() -> None:
    text = "Titel\n" + "Eten met de buren\n" * 20 + "Een\x00twee\n"
    assert read(text.encode(), most_rows=100)[-1] == (22, ["Een\ufffdtwee"])


def zip_of(**parts: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return into.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"\r\n ; ;\r\n", Reason.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, Reason.LOCKED_OR_OLD),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, Reason.NO_TABLE),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, Reason.NO_TABLE),
        (b"PK\x03\x04 en dan niets", Reason.NO_TABLE),
        (zip_of(word__document=b"<xml/>"), Reason.NO_TABLE),
        (zip_of(mimetype=b"application/vnd.oasis.opendocument.text"), Reason.NO_TABLE),
        (("x" * 200_000).encode(), Reason.NO_TABLE),
        (b"Titel\n" * 5_001, Reason.TOO_MANY_ROWS),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(content: bytes, reason: Reason) -> None:
    assert refusal(content) == reason


def test_a_workbook_with_too_many_rows_is_refused() -> None:
    assert (
        refusal(book(lambda sheet: [sheet.write(row, 0, "x") for row in range(5_001)]))
        == Reason.TOO_MANY_ROWS
    )
    assert refusal(book(lambda sheet: sheet.write(1_048_575, 0, "x"))) == Reason.TOO_MANY_ROWS


def test_five_kilobytes_that_claim_billions_of_cells_end_the_reader_and_nothing_else() -> None:
    def make(sheet: Any) -> None:
        sheet.write(0, 0, "Titel")
        sheet.write(1_000, 16_383, "x")
        sheet.write(99_999, 0, "x")

    assert refusal(book(make)) == Reason.TOO_MUCH


def test_a_zip_that_unpacks_to_too_much_is_refused() -> None:
    bomb = zip_of(**{"xl/workbook.xml": b" " * (101 * 1024 * 1024)})
    assert len(bomb) < 200_000
    assert refusal(bomb) == Reason.TOO_MUCH


def test_a_zip_that_lies_about_its_size_is_stopped_while_it_unpacks() -> None:
    shared = b"<sst>" + (b"<si><t>" + b"a" * 1_000 + b"</t></si>") * 400_000 + b"</sst>"
    honest = book(lambda sheet: sheet.write(0, 0, "Titel"))
    with zipfile.ZipFile(io.BytesIO(honest)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    packed = zip_of(**parts | {"xl/sharedStrings.xml": shared})
    lying = packed.replace(len(shared).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert refusal(lying) in {Reason.TOO_MUCH, Reason.NO_TABLE}


@pytest.mark.parametrize("file_type", ["xlsx", "ods"])
def test_sheets_get_names_that_every_program_accepts(file_type: str) -> None:
    long = "Alles wat klaar kwam in de buitenste cirkel"
    names = [
        "Partners",
        "partners",
        "Wat: [a/b]?*\\",
        "'Citaat'",
        "",
        "History",
        long,
        long,
        "a\x01b",
        "\ud800",
    ]
    into = io.BytesIO()
    write_sheets(file_type, into, [Sheet(name, [Head("Titel")], [(name,)]) for name in names])
    found = CalamineWorkbook.from_filelike(io.BytesIO(into.getvalue())).sheet_names
    assert found[:6] == ["Partners", "partners 2", "Wat a b", "Citaat", ".", "History."]
    assert found[6:8] == ["Alles wat klaar kwam in de buit", "Alles wat klaar kwam in de 2"]
    assert max(map(len, found)) <= 31
    assert len({name.casefold() for name in found}) == len(names)


def test_a_csv_file_holds_one_table() -> None:
    with pytest.raises(ValueError, match="too many values"):
        write_sheets("csv", io.BytesIO(), [Sheet("a", [], []), Sheet("b", [], [])])
