"""From a WTForms field to the attributes that make it understandable: hint, error, and what the browser may say."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape
from wtforms import Field

# The server answers with kind words and keeps what was typed, so the browser must not stop or cut anything first.
LEFT_TO_THE_SERVER = {"required": False, "maxlength": False, "minlength": False}


def attributes_of(field: Field, hint: str, *more: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of an input: what describes it, whether it is wrong, and whatever the template adds."""
    found: dict[str, Any] = dict(LEFT_TO_THE_SERVER)
    found.update(_described(field, hint))
    for extra in more:
        found.update({_dashed(name): value for name, value in extra.items()})
    return found


def group_attributes(field: Field) -> dict[str, Any]:
    """The attributes of a fieldset; errors of a group are told by its description."""
    found = _described(field, "")
    found.pop("aria-invalid", None)
    return found


def first_text(errors: Any) -> str:
    """The first sentence in WTForms errors, which are nested for lists of fields."""
    while not isinstance(errors, str) and not hasattr(errors, "__html__") and errors:
        if hasattr(errors, "_proxy____args"):
            break
        errors = next(iter(errors.values() if isinstance(errors, Mapping) else errors))
    return str(errors or "")


def attributes(values: Mapping[str, Any]) -> Markup:
    """HTML attributes with a leading space: `hx_target` becomes `hx-target`, True a bare name, False nothing."""
    written = []
    for name, value in values.items():
        if value is True:
            written.append(f" {escape(_dashed(name))}")
        elif value is not False and value is not None:
            written.append(f' {escape(_dashed(name))}="{escape(value)}"')
    return Markup("".join(written))  # noqa: S704 - names and values are escaped above


def _described(field: Field, hint: str) -> dict[str, Any]:
    ids = [f"{field.id}-h"] if hint or field.description else []
    if not field.errors:
        return {"aria-describedby": " ".join(ids)} if ids else {}
    return {"aria-describedby": " ".join([*ids, f"{field.id}-e"]), "aria-invalid": "true"}


def _dashed(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
