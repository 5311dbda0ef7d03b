"""Who may look back at what the mail of a workspace said: who arranges."""

from vitaal.kernel.access import Permission, grant
from vitaal.workspaces.access import facilitator, lead


class DigestPermission(Permission):
    """What can be done with the mail of a workspace."""

    SEE_TOLD = "digest.see_told"


grant({DigestPermission.SEE_TOLD: ((lead,), (facilitator,))})
