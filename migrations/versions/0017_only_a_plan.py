"""A meeting of which nobody was told can be thrown away by who may change it."""

from vitaal.kernel.fences import ARRANGING, INSIDE, permit

revision = "0017"
down_revision = "0016"

_MAY_CHANGE = f"({ARRANGING} OR ({INSIDE} AND made_by_id = (SELECT wall.membership())))"


def upgrade() -> None:
    permit("meeting", delete=f"sent_at IS NULL AND {_MAY_CHANGE}")
