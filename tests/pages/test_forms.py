"""Forms keep what was typed, store clean text, and say kindly what is wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from vitaal.pages.forms import (
    AreaField,
    DateField,
    EmailField,
    Form,
    TextField,
    clean,
    normal_address,
    options,
)


class Everything(Form):
    """A form with one of each."""

    name = TextField("Naam", [InputRequired()], longest=20)
    email = EmailField("E-mail", [Optional()])
    story = AreaField("Verhaal", [Optional(), Length(max=50)])
    due_on = DateField("Klaar op", [Optional()])
    size = IntegerField("Aantal", [Optional(), NumberRange(1, 5)])
    circle = RadioField("Cirkel", [Optional()], choices=options(("inner", "Binnen"), ("outer", "Buiten")))
    place = SelectField("Plek", [Optional()], choices=options(("a", "A"), ("b", "B")))


@pytest.fixture(autouse=True)
def request_in_dutch() -> Iterator[None]:
    """A bare application: forms need no database."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY="only for tests")
    Babel(app, default_locale="nl")
    with app.test_request_context():
        yield


def filled(**values: Any) -> Everything:
    """The form as a browser sends it."""
    form = Everything(formdata=MultiDict({"name": "Truus"} | values))
    form.validate()
    return form


def test_what_is_right_is_accepted() -> None:
    form = filled(email="Truus@Voorbeeld.nl", due_on="2026-11-24", size="3", circle="inner", place="b")
    assert form.errors == {}


def test_spaces_around_text_are_lost_and_lines_end_in_one_way() -> None:
    form = filled(name="  Truus Dekker ", story="een\r\ntwee\rdrie\n ")
    assert (form.name.data, form.story.data) == ("Truus Dekker", "een\ntwee\ndrie")


def test_accents_are_written_in_one_way() -> None:
    assert filled(name="Andre\u0301").name.data == "André"


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\u202eb", "a\ud800b"])
def test_characters_that_nobody_can_see_are_refused_kindly(text: str) -> None:
    assert filled(name=text).errors["name"] == [
        "Hier staat een teken in dat we niet kunnen bewaren. Typ de tekst opnieuw."
    ]


def test_an_emoji_or_another_script_is_just_text() -> None:
    assert filled(name="محمد 👩‍🌾 Çelik").errors == {}


def test_only_spaces_is_nothing() -> None:
    assert filled(name="   ").name.data == ""


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "x" * 23, "Maak dit korter: er passen 20 letters in, dit zijn er 3 te veel."),
        ("name", "twee\nregels", "Schrijf dit op één regel."),
        ("story", "x" * 51, "Maak dit korter: er passen 50 letters in."),
        ("due_on", "morgen", "Kies een dag, bijvoorbeeld 24-11-2026."),
        ("size", "veel", "Vul een getal in, zonder komma."),
        ("size", "9", "Vul een getal in van 1 tot en met 5."),
        ("circle", "x", "Kies iets uit de lijst."),
        ("place", "x", "Kies iets uit de lijst."),
    ],
)
def test_an_error_says_how_to_repair_it(field: str, typed: str, sentence: str) -> None:
    form = filled(**{field: typed})
    assert list(form.errors) == [field]
    assert form.errors[field][0] == sentence
    assert form[field].raw_data == [typed]


def test_a_missing_answer_is_asked_for() -> None:
    form = Everything(formdata=MultiDict({}))
    form.validate()
    assert form.errors == {"name": ["Vul dit nog in."]}


def test_a_day_may_be_typed_the_dutch_way() -> None:
    assert str(filled(due_on="24-11-2026").due_on.data) == "2026-11-24"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Truus.Dekker@VOORBEELD.nl ", "truus.dekker@voorbeeld.nl"),
        ("info@xn--mnchen-3ya.de", "info@münchen.de"),
        ("info@MÜNCHEN.de", "info@münchen.de"),
    ],
)
def test_an_address_is_stored_in_one_form(typed: str, stored: str) -> None:
    assert filled(email=typed).email.data == stored


@pytest.mark.parametrize(
    "typed",
    ["truus", "truus@", "truus@voorbeeld", "a b@voorbeeld.nl", "x@y.nl\nBcc: z@y.nl", "x" * 250 + "@a.nl"],
)
def test_what_can_not_be_an_address_is_explained(typed: str) -> None:
    form = filled(email=typed)
    assert list(form.errors) == ["email"]
    assert form.email.data == typed.strip()


@given(st.emails())
def test_storing_an_address_twice_changes_nothing(address: str) -> None:
    try:
        once = normal_address(address)
    except ValueError:
        return
    assert normal_address(once) == once


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
