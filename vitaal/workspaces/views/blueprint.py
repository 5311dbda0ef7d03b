"""The blueprint that all pages of a workspace share."""

from flask import Blueprint

blueprint = Blueprint("workspaces", __name__, template_folder="../templates")
