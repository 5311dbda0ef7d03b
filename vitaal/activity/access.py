"""Who may read the history, and what people may do with what was said. The wall says who sees it at all."""

from typing import Any

from vitaal.kernel.access import Asker, Permission, grant
from vitaal.workspaces.access import facilitator, lead, member


def author(asker: Asker, on: Any) -> bool:
    """Who said it."""
    return asker.member is not None and on is not None and on.author_id == asker.member.id


def who_added(asker: Asker, on: Any) -> bool:
    """Who added the file."""
    return asker.member is not None and on is not None and on.added_by_id == asker.member.id


def who_withdrew(asker: Asker, on: Any) -> bool:
    """Who took the comment away, and nobody else."""
    return asker.member is not None and on is not None and on.withdrawn_by_id == asker.member.id


def who_removed(asker: Asker, on: Any) -> bool:
    """Who took the file away, and nobody else."""
    return asker.member is not None and on is not None and on.removed_by_id == asker.member.id


class ActivityPermission(Permission):
    """What can be done with what happened, and with what was said about something."""

    SEE = "activity.see"
    EDIT_COMMENT = "activity.edit_comment"
    WITHDRAW_COMMENT = "activity.withdraw_comment"
    BRING_BACK_COMMENT = "activity.bring_back_comment"
    REMOVE_ATTACHMENT = "activity.remove_attachment"
    BRING_BACK_ATTACHMENT = "activity.bring_back_attachment"


grant(
    {
        ActivityPermission.SEE: ((member,),),
        ActivityPermission.EDIT_COMMENT: ((author,),),
        ActivityPermission.WITHDRAW_COMMENT: ((author,), (lead,), (facilitator,)),
        ActivityPermission.BRING_BACK_COMMENT: ((who_withdrew,),),
        ActivityPermission.REMOVE_ATTACHMENT: ((who_added,), (lead,), (facilitator,)),
        ActivityPermission.BRING_BACK_ATTACHMENT: ((who_removed,),),
    }
)
