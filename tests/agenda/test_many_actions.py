"""Two thousand actions in one workspace: every way of looking at them asks little and weighs little."""

from datetime import timedelta

import pytest

from tests.agenda.story import member
from tests.cast import Cast
from tests.counting import statements
from vitaal.agenda.models import Goal, Status
from vitaal.agenda.models.action import append
from vitaal.kernel import clock
from vitaal.kernel.db import db

MOST_STATEMENTS, MOST_BYTES = 12, 150 * 1024
WAYS = [
    "", "?groep=persoon", "?groep=organisatie", "?groep=week", "?weergave=bord", "?weergave=tijdlijn",
    "?weergave=kalender", "?zoek=soepen", "?aanpassen=1", "/afdrukken", "/archief",
]  # fmt: skip


def put_many_on_the_agenda(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        people = [member(cast, name) for name in ("Anna", "Bram", "Chaima")]
        goals = [
            Goal.add(f"Een doel met een lange naam, nummer {number}", by=people[0]).id for number in range(8)
        ]
        statuses = [status for status in Status if status != Status.STOPPED]
        append(
            {
                "title": f"Soep koken voor wie dat zelf niet meer kan, keer {number}",
                "reason": "Omdat samen eten beter smaakt. " * 20,
                "goal_id": goals[number % len(goals)],
                "owner_id": people[number % len(people)].id,
                "status": statuses[number % len(statuses)],
                "due_on": clock.today() + timedelta(days=number % 300),
                "archived_at": clock.now() if number % 20 == 0 else None,
            }
            for number in range(2_000)
        )
        db.session.commit()


@pytest.fixture
def many(cast: Cast) -> Cast:
    put_many_on_the_agenda(cast)
    return cast


def test_with_two_thousand_actions_every_page_asks_and_weighs_little(many: Cast) -> None:
    for name in ("Anna", "Chaima"):
        browser = many.client(name)
        for way in WAYS:
            with statements(many.app) as asked:
                answer = browser.get(f"/w/{many.amersfoort.slug}/agenda{way}")
            assert answer.status_code == 200, way
            assert len(asked) <= MOST_STATEMENTS, (name, way, len(asked))
            assert len(answer.data) <= MOST_BYTES, (name, way, len(answer.data))


def test_the_list_goes_on_to_its_end_and_shows_every_action_once(many: Cast) -> None:
    browser, shown, address = many.client("Anna"), [], f"/w/{many.amersfoort.slug}/agenda?status=bezig"
    while address:
        text = browser.get(address).text
        shown += [part.split('"', 1)[0] for part in text.split('id="actie-')[1:]]
        rest = text.split('rel="next"')
        address = (
            rest[0].rsplit('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&") if len(rest) > 1 else ""
        )
    assert len(shown) == len(set(shown)) > 300
