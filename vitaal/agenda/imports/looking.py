"""What an import would do, for who has to say yes to it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from vitaal.agenda.imports.judging import Judged, Verdict, judge, new_goals
from vitaal.agenda.imports.keeping import lines_in
from vitaal.agenda.models import ActionImport

PAGE = 100


@dataclass(frozen=True, slots=True)
class Preview:
    """How many lines become an action, which goals are made along, and every line that stays behind with its reasons."""

    counts: Counter[Verdict]
    goals: Sequence[str]
    examples: Sequence[Judged]
    left_out: Sequence[dict[str, Any]]

    @property
    def ready(self) -> int:
        """How many lines become an action as they are."""
        return self.counts[Verdict.NEW]

    @property
    def with_goals(self) -> int:
        """How many more there are when their goals are made along."""
        return self.counts[Verdict.WITHOUT_GOAL] if self.goals else 0


def preview(kept: ActionImport) -> Preview:
    """Judge the lines of an import against the agenda as it is now."""
    judged = judge(lines_in(kept))
    goals = new_goals(judged)
    fine = {Verdict.NEW, Verdict.WITHOUT_GOAL} if goals else {Verdict.NEW}
    return Preview(
        Counter(one.verdict for one in judged),
        goals,
        [one for one in judged if one.verdict in fine][:5],
        [as_left_out(one) for one in judged if one.verdict not in fine],
    )


def as_left_out(judged: Judged) -> dict[str, Any]:
    """A line that becomes no action, with why not, as an import keeps it."""
    faults = [astuple(fault) for fault in judged.faults]
    return {"line": judged.line.number, "title": judged.title[:200], "faults": faults}


def page_of(left_out: Sequence[dict[str, Any]], after: int) -> tuple[Sequence[dict[str, Any]], int | None]:
    """The next lines after this line number, and the last of them when there are more."""
    rest = [line for line in left_out if line["line"] > after]
    return rest[:PAGE], rest[PAGE - 1]["line"] if len(rest) > PAGE else None
