"""Pages that belong to no feature: the styleguide and what we promise about privacy, access and help."""

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from vitaal.kernel.web import public
from vitaal.pages import styleguide
from vitaal.pages.pictures import circles, flower

blueprint = Blueprint("pages", __name__, template_folder="templates")


@blueprint.get("/stijl")
@public
def show_styleguide() -> str:
    """Every component with its states. `?kleuren=donker` is the dark scheme, `?venster=open` a dialog."""
    return render_template(
        "pages/styleguide.html",
        colour_scheme={"donker": "dark", "licht": "light"}.get(request.args.get("kleuren", ""), "device"),
        shows_dialog=request.args.get("venster") == "open",
        sample=styleguide.sample_form(),
        sample_document=styleguide.sample_document(),
        people=styleguide.PEOPLE,
        factors=styleguide.FACTORS,
        meeting_on=styleguide.MEETING_ON,
        kinds=circles.Kind,
        key=circles.key,
        dots=circles.dots,
        flower_picture=flower.flower(styleguide.sample_petals()),
        small_flower=flower.mini_flower(styleguide.sample_petals(), _("Een bloem in het klein")),
        circles_picture=circles.circles(
            styleguide.sample_rings(),
            _("De cirkels van een plek"),
            _("Zes partners in het midden, vijf daaromheen."),
        ),
    )


@blueprint.get("/privacy")
@public
def show_privacy() -> str:
    """What is kept of people, who sees it, and what they can do about it."""
    return render_template("pages/privacy.html")


@blueprint.get("/toegankelijkheid")
@public
def show_accessibility() -> str:
    """What was tested, what was not, and where to say that something does not work."""
    return render_template("pages/accessibility.html")


@blueprint.get("/hulp")
@public
def show_help() -> str:
    """How to get help, with the first answers."""
    return render_template("pages/help.html")


@blueprint.get("/offline")
@public
def show_offline() -> str:
    """The page for when there is no connection; it needs no data."""
    return render_template("errors/offline.html", again="/")
