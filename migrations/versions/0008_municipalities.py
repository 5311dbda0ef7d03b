"""The 342 municipalities of 2026, with CBS code and province. Source: CBS, CC BY 4.0."""

import csv
from pathlib import Path

from alembic import op
from slugify import slugify
from sqlalchemy import column, table

import vitaal

revision = "0008"
down_revision = "0007"

_SOURCE = Path(vitaal.__file__).parent / "workspaces" / "data" / "municipalities.csv"


def upgrade() -> None:
    municipality = table(
        "municipality",
        *(column(name) for name in ("code", "name", "slug", "province", "province_code")),
        schema="oversight",
    )
    with _SOURCE.open(newline="", encoding="utf-8") as lines:
        rows = [
            {
                "code": line["code"],
                "name": line["name"],
                "slug": slugify(line["name"]),
                "province": line["province"],
                "province_code": line["province_code"],
            }
            for line in csv.DictReader(lines)
        ]
    op.bulk_insert(municipality, rows)
