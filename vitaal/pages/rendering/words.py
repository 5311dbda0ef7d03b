"""Values of a document as words in its language."""

from datetime import date

from babel.dates import format_date
from babel.numbers import get_group_symbol

from vitaal.pages.document import Table, Value


def in_words(value: Value, language: str) -> str:
    """What stands in a cell: a day with its month in letters, a number with the separators of the language."""
    if isinstance(value, date):
        return format_date(value, "d MMMM y", locale=language)
    if isinstance(value, int):
        return f"{value:,}".replace(",", get_group_symbol(language))
    return value or ""


def number_columns(table: Table) -> list[bool]:
    """For each column of a table whether only numbers stand in it, so that they can stand right under each other."""
    columns: list[list[Value]] = [[] for _ in table.heads]
    for row in table.rows:
        for column, value in zip(columns, row, strict=True):
            if value is not None:
                column.append(value)
    return [bool(column) and all(isinstance(value, int) for value in column) for column in columns]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: what empty lines divide."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    joined = "\n".join(line.strip() for line in lines)
    return [part.strip("\n") for part in joined.split("\n\n") if part.strip("\n")]
