"""Everything that the product writes down in the history can be told in a sentence of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

from vitaal.activity.sentences import SENTENCES

PRODUCT = Path(__file__).parents[2] / "vitaal"


def recorded() -> Iterator[tuple[str, str]]:
    """Every (verb, kind of object) that the code gives to `record` or `tell`."""
    for file in PRODUCT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"record", "tell"}:
                verb, kind = node.args[:2]
                if isinstance(verb, ast.Constant) and isinstance(kind, ast.Constant):
                    yield str(verb.value), str(kind.value)


def test_every_recorded_verb_has_its_sentence() -> None:
    found = set(recorded())
    assert len(found) > 10
    assert found <= set(SENTENCES), found - set(SENTENCES)


def test_no_sentence_is_kept_for_what_never_happens() -> None:
    assert set(SENTENCES) <= set(recorded()), set(SENTENCES) - set(recorded())
