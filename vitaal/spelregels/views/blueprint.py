"""The blueprint that every page of the spelregels hangs on."""

from flask import Blueprint

blueprint = Blueprint("spelregels", __name__, template_folder="../templates")
