"""Tables as files that people open in a spreadsheet: CSV, XLSX and ODS, out and in."""

from datetime import date

Value = str | int | date | None  # what a cell holds that we write
