"""What the last mail about a workspace said, for who arranges it."""

from flask import g, render_template

from vitaal.activity.sentences import sentence_html
from vitaal.digests.access import DigestPermission
from vitaal.digests.showing import told_lately
from vitaal.digests.views.blueprint import blueprint
from vitaal.kernel.web import requires
from vitaal.pages.days import moment_in_words
from vitaal.workspaces.words import CIRCLES


@blueprint.get("/w/<slug>/mail")
@requires(DigestPermission.SEE_TOLD)
def told() -> str:
    """What there was to tell in the last mail, per circle; nobody's own mail."""
    return render_template(
        "digests/told.html",
        told=told_lately(g.workspace),
        circles=CIRCLES,
        sentence=sentence_html,
        when=moment_in_words,
    )
