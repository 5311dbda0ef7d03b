"""The blueprint that every page about mail hangs on."""

from flask import Blueprint

blueprint = Blueprint("digests", __name__, template_folder="../templates")
