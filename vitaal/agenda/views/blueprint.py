"""The blueprint that every page of the agenda hangs on."""

from flask import Blueprint

blueprint = Blueprint("agenda", __name__, template_folder="../templates")
