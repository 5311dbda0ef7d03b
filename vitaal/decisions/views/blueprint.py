"""The blueprint that every page about decisions and agreements hangs on."""

from flask import Blueprint

blueprint = Blueprint("decisions", __name__, template_folder="../templates")
