"""Sending a list that was looked at first: whatever changed meanwhile is judged again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vitaal.invitations.inviting import Inviter, NotInvited, TooMany, invite
from vitaal.invitations.preview import Judged, Verdict
from vitaal.workspaces.models import Circle, Partner, Role


@dataclass(frozen=True)
class Sent:
    """How many letters are on their way, how many lines were known, and how many wait for another day."""

    sent: int
    skipped: int
    waiting: int


def send_list(
    judged: Sequence[Judged],
    *,
    partner_of: Callable[[Judged], Partner],
    circle: Circle,
    roles: list[Role],
    inviter: Inviter,
    message: str,
) -> Sent:
    """Invite every new line; one that can't be invited never stops the others.

    `partner_of` says for whom a line is asked. Commits nothing.
    """
    new = [line for line in judged if line.verdict == Verdict.NEW]
    sent = skipped = 0
    for place, line in enumerate(new):
        try:
            invite(
                line.email,
                partner=partner_of(line),
                circle=circle,
                roles=roles,
                inviter=inviter,
                name=line.line.name,
                message=message,
            )
        except TooMany:
            return Sent(sent, skipped + len(judged) - len(new), len(new) - place)
        except NotInvited:
            skipped += 1
        else:
            sent += 1
    return Sent(sent, skipped + len(judged) - len(new), 0)
