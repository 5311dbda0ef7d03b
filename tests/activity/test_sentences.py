"""What happened reads as a sentence that anyone understands, and that no one can break."""

from uuid import uuid4

from flask import Flask

from vitaal.activity.models import Event
from vitaal.activity.sentences import sentence, sentence_html


def event(verb: str, kind: str, name: str, **more: object) -> Event:
    values = {"actor_name": "Bram", "helped_by_name": "", "detail": {}, "actor_id": uuid4()} | more
    return Event(verb=verb, object_kind=kind, object_name=name, **values)


def told(app: Flask, what: Event) -> str:
    with app.test_request_context():
        return sentence(what)


def test_an_event_names_who_did_what(app: Flask) -> None:
    assert told(app, event("added", "action", "Samen eten")) == "Bram zette ‘Samen eten’ op de agenda"


def test_what_was_entered_by_a_helper_carries_both_names(app: Flask) -> None:
    what = event("added", "action", "Samen eten", helped_by_name="Anna")
    assert told(app, what) == "Bram, geholpen door Anna, zette ‘Samen eten’ op de agenda"


def test_a_circle_is_named_as_people_name_it(app: Flask) -> None:
    what = event("moved", "partner", "Wandelclub", detail={"to": "outer"})
    assert told(app, what) == "Bram gaf Wandelclub een plek in de buitencirkel"


def test_several_changes_are_told_in_one_sentence(app: Flask) -> None:
    what = event("changed", "workspace", "Samen", detail={"what": ["name", "theme_colour"]})
    assert told(app, what) == "Bram paste de instellingen aan: de naam, de kleur"


def test_roles_that_were_taken_away_are_told_as_none(app: Flask) -> None:
    what = event("gave_roles", "membership", "Chaima", detail={"after": []})
    assert told(app, what) == "Bram gaf Chaima een andere rol: geen"


def test_an_event_of_a_verb_that_is_no_longer_known_can_still_be_told(app: Flask) -> None:
    assert told(app, event("juggled", "ball", "de bal")) == "Bram veranderde iets aan de bal"


def test_names_with_percent_signs_and_html_stay_text(app: Flask) -> None:
    what = event("added", "action", "<script>100%(x)s</script>", actor_name="<i>Bram</i>")
    with app.test_request_context():
        html = str(sentence_html(what))
    assert "<b>&lt;i&gt;Bram&lt;/i&gt;</b>" in html
    assert "&lt;script&gt;100%(x)s&lt;/script&gt;" in html
