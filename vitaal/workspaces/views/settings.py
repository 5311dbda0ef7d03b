"""The settings of a workspace: what it is called, how it looks, and who may do what."""

from typing import Any

from flask import flash, g, render_template, request
from flask_babel import gettext as _

from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import address_of, requires, see_other
from vitaal.workspaces.access import WorkspacePermission
from vitaal.workspaces.circles import reckon_mail_anew
from vitaal.workspaces.forms import SettingsForm
from vitaal.workspaces.history import tell
from vitaal.workspaces.models import Workspace
from vitaal.workspaces.progress import hand_up
from vitaal.workspaces.queries import live_members
from vitaal.workspaces.views.blueprint import blueprint


@blueprint.get("/w/<slug>/instellingen")
@requires(WorkspacePermission.ARRANGE)
def settings() -> str:
    """The settings as they are now."""
    return _page(SettingsForm.of(g.workspace))


@blueprint.post("/w/<slug>/instellingen")
@requires(WorkspacePermission.ARRANGE)
def save_settings() -> Any:
    """Keep the settings. When someone else changed them meanwhile, both texts are shown and nothing is lost."""
    form = SettingsForm()
    if not form.validate():
        return _page(form), 422
    try:
        changed = g.workspace.arrange(form.version.data, form.wanted())
    except ChangedMeanwhile:
        form.now_at(g.workspace.version)
        return _page(form, theirs=_differences(form, g.workspace)), 409
    if changed:
        tell("changed", "workspace", g.workspace.name, by=g.member, what=changed)
        hand_up(g.workspace)
    if "quiet_weekends" in changed:
        reckon_mail_anew(live_members())
    if form.theme_colour.data != request.form["theme_colour"].lower():
        flash(_("Op deze kleur waren witte letters niet te lezen. We maakten de kleur wat donkerder."), "sun")
    flash(_("Bewaard."), "good")
    return see_other("workspaces.settings")


def _page(form: SettingsForm, theirs: dict[str, str] | None = None) -> str:
    return render_template(
        "workspaces/settings.html",
        form=form,
        theirs=theirs,
        join_address=address_of("invitations.ask_to_join", slug=g.workspace.slug),
    )


def _differences(form: SettingsForm, workspace: Workspace) -> dict[str, str]:
    """What stands there now, where that is not what this reader typed: the question to the text."""
    now = SettingsForm.of(workspace)
    fields = ((form[name], now[name]) for name in form.wanted())
    return {str(mine.label.text): _as_text(theirs) for mine, theirs in fields if mine.data != theirs.data}


def _as_text(field: Any) -> str:
    if isinstance(field.data, bool):
        return str(_("ja") if field.data else _("nee"))
    return str(dict(getattr(field, "choices", None) or []).get(field.data, field.data) or _("(leeg)"))
