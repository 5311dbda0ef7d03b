"""The pages of asking in, answering and asking to join. Importing this package hangs each on the blueprint."""

from vitaal.invitations.views import answer, invite, join, many, sent
from vitaal.invitations.views.blueprint import blueprint

__all__ = ["answer", "blueprint", "invite", "join", "many", "sent"]
