"""What we go for: the challenges with their ambition, and the goals under them."""

from typing import Any

from flask import flash, g, render_template
from flask_babel import gettext as _

from vitaal.agenda import goals as rules
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.goal_forms import BackingForm, ChallengeForm, GoalForm
from vitaal.agenda.goal_queries import (
    challenge_with,
    challenges,
    goal_in_view,
    goal_with,
    goals_in_view,
    inner_partners,
)
from vitaal.agenda.lines import page
from vitaal.agenda.models import Action, Challenge, Goal
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.agenda.views.blueprint import blueprint
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import requires, see_other
from vitaal.method import vision


@blueprint.get("/w/<slug>/doelen", endpoint="goals")
@requires(AgendaPermission.READ_GOALS)
def show_goals() -> str:
    """Every challenge with its ambition and goals, then the goals that stand on their own."""
    return render_template(
        "agenda/goals.html", challenges=challenges(), goals=goals_in_view(), parts=vision.ambition_parts(),
        permissions=AgendaPermission,
    )  # fmt: skip


@blueprint.get("/w/<slug>/doelen/archief", endpoint="archived_goals")
@requires(AgendaPermission.READ_GOALS)
def show_archive() -> str:
    """What was put away, each with the way back."""
    return render_template(
        "agenda/goals_archive.html", challenges=challenges(archived=True), goals=goals_in_view(archived=True),
        permissions=AgendaPermission,
    )  # fmt: skip


@blueprint.get("/w/<slug>/doelen/<uuid:goal_id>")
@requires(AgendaPermission.READ_GOALS, on=goal_with)
def show_goal(goal: Goal) -> str:
    """One goal: why, by what we notice it, who stands behind it, and its actions."""
    return _goal_page(goal, BackingForm())


@blueprint.post("/w/<slug>/doelen/<uuid:goal_id>/steun")
@requires(AgendaPermission.SPEAK, on=goal_with)
def back_goal(goal: Goal) -> Any:
    """Say for the own partner whether it stands behind the goal, and what it brings."""
    form = BackingForm()
    if not form.validate():
        return _goal_page(goal, form), 422
    rules.say(
        goal, stands_behind=form.stands_behind.data == "yes", brings=form.brings.data or "", by=g.member
    )
    return see_other("agenda.show_goal", goal_id=goal.id, _anchor="steun")


@blueprint.get("/w/<slug>/doelen/nieuw")
@requires(AgendaPermission.ADD)
def new_goal() -> str:
    """The form for a new goal."""
    return _goal_form(GoalForm())


@blueprint.post("/w/<slug>/doelen/nieuw")
@requires(AgendaPermission.ADD)
def add_goal() -> Any:
    """Set a new goal."""
    form = GoalForm().offer(challenges())
    if not form.validate():
        return _goal_form(form), 422
    goal = Goal.add(by=g.member, **form.wanted())
    rules.replace_indicators(goal, form.wanted_indicators())
    flash(_("Het doel staat er. Wie staat erachter?"), "good")
    return see_other("agenda.show_goal", goal_id=goal.id)


@blueprint.get("/w/<slug>/doelen/<uuid:goal_id>/aanpassen")
@requires(AgendaPermission.CHANGE, on=goal_with)
def edit_goal(goal: Goal) -> str:
    """The goal as it is now, to change."""
    form = GoalForm(formdata=None, obj=goal, challenge_id=str(goal.challenge_id or ""))
    return _goal_form(form.show(goal_in_view(goal).indicators), goal)


@blueprint.post("/w/<slug>/doelen/<uuid:goal_id>/aanpassen")
@requires(AgendaPermission.CHANGE, on=goal_with)
def change_goal(goal: Goal) -> Any:
    """Change the goal. When someone else did so meanwhile, both texts are shown and nothing is lost."""
    form = GoalForm().offer(challenges())
    if not form.validate():
        return _goal_form(form, goal), 422
    try:
        rules.change_goal(goal, form.seen, form.wanted(), form.wanted_indicators(), by=g.member)
    except ChangedMeanwhile:
        form.now_at(goal.version)
        theirs = _texts(goal, form.wanted()) | _indicator_texts(goal, form.wanted_indicators())
        return _goal_form(form, goal, theirs=theirs), 409
    return see_other("agenda.show_goal", goal_id=goal.id)


@blueprint.post("/w/<slug>/doelen/<uuid:goal_id>/archief")
@requires(AgendaPermission.CHANGE, on=goal_with)
def archive_goal(goal: Goal) -> Any:
    """Put a goal away; its actions stay on the agenda."""
    rules.archive(goal, by=g.member)
    flash(_("Het doel staat in het archief. Je kunt het daar terughalen."), "good")
    return see_other("agenda.goals")


@blueprint.post("/w/<slug>/doelen/<uuid:goal_id>/terug")
@requires(AgendaPermission.CHANGE, on=goal_with)
def restore_goal(goal: Goal) -> Any:
    """Take a goal from the archive."""
    rules.bring_back(goal, by=g.member)
    return see_other("agenda.show_goal", goal_id=goal.id)


@blueprint.get("/w/<slug>/opgaven/nieuw")
@requires(AgendaPermission.ADD)
def new_challenge() -> str:
    """The form for a new challenge; the first one begins with what the workspace said of itself."""
    first = not challenges()
    return _challenge_form(ChallengeForm(formdata=None, title=g.workspace.challenge[:200] if first else ""))


@blueprint.post("/w/<slug>/opgaven/nieuw")
@requires(AgendaPermission.ADD)
def add_challenge() -> Any:
    """Put a new challenge with its ambition beside the others."""
    form = ChallengeForm()
    if not form.validate():
        return _challenge_form(form), 422
    challenge = Challenge.add(by=g.member, **form.wanted())
    return see_other("agenda.goals", _anchor=f"opgave-{challenge.id}")


@blueprint.get("/w/<slug>/opgaven/<uuid:challenge_id>")
@requires(AgendaPermission.CHANGE, on=challenge_with)
def edit_challenge(challenge: Challenge) -> str:
    """The challenge as it is now, to change."""
    return _challenge_form(ChallengeForm(formdata=None, obj=challenge), challenge)


@blueprint.post("/w/<slug>/opgaven/<uuid:challenge_id>")
@requires(AgendaPermission.CHANGE, on=challenge_with)
def change_challenge(challenge: Challenge) -> Any:
    """Change the challenge. When someone else did so meanwhile, both texts are shown and nothing is lost."""
    form = ChallengeForm()
    if not form.validate():
        return _challenge_form(form, challenge), 422
    try:
        rules.change_challenge(challenge, form.seen, form.wanted(), by=g.member)
    except ChangedMeanwhile:
        form.now_at(challenge.version)
        return _challenge_form(form, challenge, theirs=_texts(challenge, form.wanted())), 409
    return see_other("agenda.goals", _anchor=f"opgave-{challenge.id}")


@blueprint.post("/w/<slug>/opgaven/<uuid:challenge_id>/archief")
@requires(AgendaPermission.CHANGE, on=challenge_with)
def archive_challenge(challenge: Challenge) -> Any:
    """Put a challenge away; its goals stay."""
    rules.archive(challenge, by=g.member)
    flash(_("De opgave staat in het archief. Je kunt die daar terughalen."), "good")
    return see_other("agenda.goals")


@blueprint.post("/w/<slug>/opgaven/<uuid:challenge_id>/terug")
@requires(AgendaPermission.CHANGE, on=challenge_with)
def restore_challenge(challenge: Challenge) -> Any:
    """Take a challenge from the archive."""
    rules.bring_back(challenge, by=g.member)
    return see_other("agenda.goals")


def _goal_page(goal: Goal, form: BackingForm) -> str:
    seen = goal_in_view(goal)
    inner, spoken = inner_partners(), {said.partner_id for said in seen.backings}
    mine = next((said for said in seen.backings if said.partner_id == g.member.partner_id), None)
    if mine and not form.is_submitted():
        form.process(data={"stands_behind": "yes" if mine.stands_behind else "no", "brings": mine.brings})
    return render_template(
        "agenda/goal.html", seen=seen, goal=goal, form=form, mine=mine, silent=[one.name for one in inner if one.id not in spoken],
        partner=next((one for one in inner if one.id == g.member.partner_id), None),
        page=page([Action.goal_id == goal.id, *ON_THE_AGENDA], (Action.position, Action.id)),
        challenge=challenge_with(goal.challenge_id) if goal.challenge_id else None, permissions=AgendaPermission,
    )  # fmt: skip


def _goal_form(form: GoalForm, goal: Goal | None = None, theirs: dict[str, Any] | None = None) -> str:
    return render_template(
        "agenda/goal_form.html", form=form.offer(challenges()), goal=goal, theirs=theirs,
        prompts=vision.goal_prompts(), turn_around=vision.turn_around(),
    )  # fmt: skip


def _challenge_form(
    form: ChallengeForm, challenge: Challenge | None = None, theirs: dict[str, Any] | None = None
) -> str:
    return render_template(
        "agenda/challenge_form.html", form=form, challenge=challenge, theirs=theirs,
        parts={part.key: part for part in vision.ambition_parts()}, note=vision.ambition_note(),
        turn_around=vision.turn_around(),
    )  # fmt: skip


def _texts(thing: Goal | Challenge, wanted: dict[str, Any]) -> dict[str, Any]:
    """What stands there now, by column, where that is not what this reader typed."""
    now = {name: getattr(thing, name) for name in wanted}
    return {name: value for name, value in now.items() if value != wanted[name]}


def _indicator_texts(goal: Goal, wanted: list[dict[str, str]]) -> dict[str, str]:
    """The indicators that stand there now, one on a line, where they are not what this reader typed."""
    now = rules.indicators_of(goal)
    if now == [(one["name"], one["now"], one["target"]) for one in wanted]:
        return {}
    lines = (" · ".join(filter(None, one)) for one in now)
    return {"indicators": "\n".join(lines)}
