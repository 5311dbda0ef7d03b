"""What would happen with each line of a file, and why not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from vitaal.agenda.columns import plain
from vitaal.agenda.imports import values
from vitaal.agenda.imports.known import Known, known, same
from vitaal.agenda.imports.lines import Line
from vitaal.agenda.imports.values import Wrong
from vitaal.agenda.models import Status
from vitaal.workspaces.models import Circle

MOST_NEW_GOALS = 50


class Verdict(StrEnum):
    """What a line is. `NEW` becomes an action; `WITHOUT_GOAL` does when its goal is made along with it."""

    NEW = "new"
    WITHOUT_GOAL = "without_goal"
    DOUBLE = "double"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line becomes no action: the column that it is about, a key of `words.WHYS`, and what it is about."""

    column: str
    why: str
    value: str = ""


@dataclass(slots=True)
class Judged:
    """A line with what it would become: the fields of the action, who helps, and the goal that is not there yet."""

    line: Line
    faults: list[Fault] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    helpers: Sequence[UUID] = ()
    new_goal: str = ""

    @property
    def verdict(self) -> Verdict:
        """What the line is."""
        whys = {fault.why for fault in self.faults}
        if not whys:
            return Verdict.NEW
        if whys == {"unknown_goal"}:
            return Verdict.WITHOUT_GOAL
        return Verdict.DOUBLE if whys & {"known", "double"} else Verdict.WRONG

    @property
    def title(self) -> str:
        """What the line calls itself."""
        return self.line.cells.get("title", "")


def judge(lines: Iterable[Line]) -> list[Judged]:
    """Say of every line what would happen with it, in the workspace we are in. Three statements."""
    there = known()
    seen: dict[tuple[Any, ...], int] = {}
    return [_judge(line, there, seen) for line in lines]


def new_goals(judged: Iterable[Judged]) -> list[str]:
    """The goals that lines name and that are not there yet, each once; none when there are suspiciously many."""
    named = {plain(one.new_goal): one.new_goal for one in judged if one.verdict == Verdict.WITHOUT_GOAL}
    return list(named.values()) if len(named) <= MOST_NEW_GOALS else []


def _judge(line: Line, there: Known, seen: dict[tuple[Any, ...], int]) -> Judged:
    judged = Judged(line)
    found: dict[str, Any] = {}
    for key, read in _READERS.items():
        try:
            found[key] = read(line.cells.get(key, ""), there)
        except Wrong as wrong:
            judged.faults.append(Fault(key, wrong.why, wrong.value))
    if judged.faults:
        return judged
    judged.faults = [*_together(found, there, line), *_twice(found, there, seen, line.number)]
    goal = found.pop("goal")
    judged.new_goal = goal if isinstance(goal, str) else ""
    judged.helpers = found.pop("helpers")
    if found["status"] != Status.STOPPED:
        found["stop_reason"] = ""
    judged.fields = {_COLUMNS.get(key, key): value for key, value in found.items()}
    judged.fields["goal_id"] = goal if isinstance(goal, UUID) else None
    return judged


def _together(found: Mapping[str, Any], there: Known, line: Line) -> list[Fault]:
    """What is wrong with cells that are each right."""
    faults = []
    if isinstance(found["goal"], str):
        faults.append(Fault("goal", "unknown_goal", found["goal"][:80]))
    if found["starts_on"] and found["due_on"] and found["due_on"] < found["starts_on"]:
        faults.append(Fault("due_on", "before_start"))
    if found["status"] == Status.STOPPED and not found["stop_reason"]:
        faults.append(Fault("stop_reason", "no_reason"))
    if found["circle"] == Circle.INNER:
        sees_it = {"owner": {found["owner"]} - {None}, "helpers": set(found["helpers"])}
        faults += [
            Fault(key, "outsider", line.cells[key][:80])
            for key, people in sees_it.items()
            if not people <= there.insiders
        ]
    return faults


def _twice(
    found: Mapping[str, Any], there: Known, seen: dict[tuple[Any, ...], int], number: int
) -> list[Fault]:
    """Whether an open action on the agenda has this title, or a line above it this title, goal and day."""
    title = same(found["title"])
    if title in there.open_actions:
        return [Fault("title", "known", str(there.open_actions[title]))]
    first = seen.setdefault((title, str(found["goal"]), found["due_on"]), number)
    return [Fault("title", "double", str(first))] if first != number else []


def _title(typed: str, _there: Known) -> str:
    if not typed:
        raise Wrong("empty")
    return values.text("title", typed)


def _text(key: str, typed: str, _there: Known, *, one_line: bool = True) -> str:
    return values.text(key, typed, one_line=one_line)


def _goal(typed: str, there: Known) -> UUID | str | None:
    """Its id, or its title when it is not there yet."""
    title = values.text("goal", typed)
    return there.goals.get(plain(title), title) if title else None


def _owner(typed: str, there: Known) -> UUID | None:
    return there.member(typed) if typed else None


def _helpers(typed: str, there: Known) -> list[UUID]:
    return list(dict.fromkeys(there.member(name) for name in values.parts(typed)))


def _partner(typed: str, there: Known) -> UUID | None:
    if typed and plain(typed) not in there.partners:
        raise Wrong("unknown_partner", typed)
    return there.partners[plain(typed)] if typed else None


def _group(typed: str, there: Known) -> UUID | None:
    if typed and plain(typed) not in there.groups:
        raise Wrong("unknown_group", typed)
    return there.groups[plain(typed)] if typed else None


def _only(read: Callable[[str], Any]) -> Callable[[str, Known], Any]:
    return lambda typed, _there: read(typed)


_READERS: dict[str, Callable[[str, Known], Any]] = {
    "title": _title,
    "reason": partial(_text, "reason", one_line=False),
    "goal": _goal,
    "owner": _owner,
    "partner": _partner,
    "group": _group,
    "starts_on": _only(values.day),
    "due_on": _only(values.day),
    "status": _only(values.status),
    "stop_reason": partial(_text, "stop_reason"),
    "labels": _only(values.labels),
    "serves": partial(_text, "serves"),
    "circle": _only(values.circle),
    "helpers": _helpers,
}
_COLUMNS = {"owner": "owner_id", "partner": "partner_id", "group": "group_id"}
