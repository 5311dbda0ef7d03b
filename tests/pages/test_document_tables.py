"""The tables of a document as spreadsheets: each its own sheet, days are days, and nothing becomes a formula."""

import csv
import io
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from tests.pages.sample import CODE, MADE_ON, SHORT, sample, with_every_text
from vitaal.pages.document import Head, Section, Table
from vitaal.pages.rendering.tables import MEDIA_TYPES, tables, tables_of

FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1")
TWICE = sample(
    (
        *SHORT,
        Section(
            "more",
            "Meer",
            (Table("partners", "Wie er meedoen", (Head("=1+1"),), tuple((text,) for text in FORMULAS)),),
        ),
    )
)


def cells_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("file_type", ["xlsx", "ods"])
def test_each_table_is_a_sheet_with_cells_of_their_own_type(file_type: str) -> None:
    content, ending = tables(TWICE, file_type)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert (ending, book.sheet_names) == (file_type, ["Wie er meedoen", "Wie er meedoen 2"])
    first, second = (book.get_sheet_by_index(place).to_python() for place in (0, 1))
    assert first[1] == ["Buurtsoep", "Binnenste cirkel", 12, date(2026, 3, 4)]
    assert [str(row[0]).strip() for row in second] == ["=1+1", *(text.strip() for text in FORMULAS)]


@pytest.mark.parametrize(("file_type", "sign"), [("xlsx", b"<f>"), ("ods", b"table:formula")])
def test_nothing_is_a_formula(file_type: str, sign: bytes) -> None:
    content, _ = tables(with_every_text((*FORMULAS, *CODE)), file_type)
    with ZipFile(BytesIO(content)) as package:
        assert not any(sign in package.read(name) for name in package.namelist() if name.endswith(".xml"))


def test_one_table_is_a_csv_file() -> None:
    content, ending = tables(sample(SHORT), "csv")
    assert ending == "csv"
    assert cells_of(content)[:2] == [
        ["Partner", "Cirkel", "Mensen", "Sinds"],
        ["Buurtsoep", "Binnenste cirkel", "12", "2026-03-04"],
    ]


def test_several_tables_are_a_csv_file_each_in_a_zip() -> None:
    content, ending = tables(TWICE, "csv")
    with ZipFile(BytesIO(content)) as package:
        assert (ending, package.namelist()) == ("zip", ["partners.csv", "partners 2.csv"])
        assert cells_of(package.read("partners 2.csv")) == [["'=1+1"], *([f"'{text}"] for text in FORMULAS)]
    assert MEDIA_TYPES[ending] == "application/zip"


def test_a_document_without_tables_has_no_spreadsheet() -> None:
    bare = sample(SHORT[:1])
    assert tables_of(bare) == []
    with pytest.raises(ValueError, match="no table"):
        tables(bare, "ods")
    assert bare.made_on == MADE_ON
