"""Who may read the history. What of it they see is the wall's: each event says which circle may know."""

from vitaal.kernel.access import Permission, grant
from vitaal.workspaces.access import member


class ActivityPermission(Permission):
    """What can be done with what happened."""

    SEE = "activity.see"


grant({ActivityPermission.SEE: ((member,),)})
