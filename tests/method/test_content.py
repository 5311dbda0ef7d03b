"""Every file of the method reads well, in both languages, and is read by the product."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from vitaal.method import circles, content, glossary, ingredients, priority, routes, spelregels, vision

FILES = sorted(content.CONTENT.glob("*.yaml"))

# What stands beside the content without being read by the product, and why.
FOR_PEOPLE = {
    "method.md": "explains to makers how a coalition goes through the method, and where its facts come from"
}


def mappings(node: Any) -> Iterator[dict[str, Any]]:
    """Give every mapping in a piece of content, at any depth."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from mappings(child)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_key_names_one_thing_in_its_file(file):
    found = mappings(yaml.safe_load(file.read_text(encoding="utf-8")))
    times = Counter(mapping["key"] for mapping in found if "key" in mapping)
    assert times
    assert [key for key, count in times.items() if count > 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_text_is_written_in_dutch_and_in_english(file):
    texts = [m for m in mappings(yaml.safe_load(file.read_text(encoding="utf-8"))) if "nl" in m or "en" in m]
    assert texts
    assert [m for m in texts if not (m.get("nl", "").strip() and m.get("en", "").strip())] == []


def test_every_file_of_the_method_is_read(monkeypatch):
    asked = set()

    def read(name):
        asked.add(f"{name}.yaml")
        return yaml.safe_load((content.CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))

    monkeypatch.setattr(content, "read", read)
    routes.chooser.__wrapped__()
    circles.lead.__wrapped__()
    glossary.plain_words.__wrapped__()
    ingredients.factors.__wrapped__()
    priority.how.__wrapped__()
    spelregels.themes.__wrapped__()
    vision.goal_prompts.__wrapped__()

    assert asked | set(FOR_PEOPLE) == {file.name for file in content.CONTENT.iterdir()}
