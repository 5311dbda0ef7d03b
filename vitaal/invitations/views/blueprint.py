"""The blueprint that all pages about invitations share."""

from flask import Blueprint

blueprint = Blueprint("invitations", __name__, template_folder="../templates")
