"""The house keeps its shape: sizes, names, templates that are used, models that match the database."""

import ast
import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from tests.architecture.routes import the_app
from vitaal.digests.models import Digest
from vitaal.kernel.db import Base, db
from vitaal.settings import ROOT

SOURCES = sorted(path for folder in ("vitaal", "worker", "infra") for path in (ROOT / folder).rglob("*.py"))
FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "misc",
    "common",
    "services",
    "service",
    "managers",
    "manager",
}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_files_have_one_subject() -> None:
    assert [_name(path) for path in SOURCES if len(path.read_text().splitlines()) > 350] == []


def test_functions_fit_on_a_screen() -> None:
    long = [
        f"{_name(path)}:{node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno > 60
    ]
    assert long == []


def test_names_say_what_is_inside() -> None:
    assert [_name(path) for path in SOURCES if path.stem in FORBIDDEN_NAMES] == []


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        f"{_name(path)}:{inner.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_every_template_is_used() -> None:
    folders = [path for path in (ROOT / "vitaal").rglob("templates") if path.is_dir()]
    templates = {
        str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*") if path.is_file()
    }
    text = "\n".join(
        path.read_text() for path in (ROOT / "vitaal").rglob("*") if path.suffix in {".py", ".html", ".txt"}
    )
    unused = [name for name in templates if not _is_named(name, text)]
    assert [name for name in unused if not re.fullmatch(r"errors/\d+\.html", name)] == []


def _is_named(template: str, text: str) -> bool:
    """By its path, or where the path is put together, by the last part of it."""
    without_ending = template.rsplit(".", 1)[0]
    last_part = re.escape(Path(without_ending).name)
    return without_ending in text or bool(re.search(rf'[/"]{last_part}"', text))


def test_models_and_database_say_the_same(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: kind != "schema" or name in {"app", "ops", "oversight"},
                "include_object": lambda thing, name, kind, *_: (
                    kind in {"table", "column"} and name != "alembic_version"
                ),
            },
        )
        differences = compare_metadata(context, Base.metadata)
    assert Digest.metadata is Base.metadata
    assert [str(difference) for difference in differences] == []


def test_one_newest_migration() -> None:
    revisions = {}
    for path in (ROOT / "migrations" / "versions").glob("*.py"):
        revisions.update(
            re.findall(r'^revision = "(\d+)"\ndown_revision = "?(\w+)"?', path.read_text(), re.MULTILINE)
        )
    assert set(revisions) - set(revisions.values()) == {max(revisions)}


@pytest.mark.parametrize("word", ["|safe", "style=", "hx-on", "javascript:"])
def test_templates_keep_to_the_strict_policy(word: str) -> None:
    loose = [
        _name(path)
        for path in (ROOT / "vitaal").rglob("*.html")
        if word in path.read_text() and "/mail/" not in str(path)
    ]
    assert loose == []


def test_every_page_answers_with_the_security_headers() -> None:
    response = the_app().test_client().get("/stijl")
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
