"""What happened, and what people say about it."""

from vitaal.activity.models.attachment import Attachment
from vitaal.activity.models.comment import Comment
from vitaal.activity.models.event import Event, record
from vitaal.activity.models.following import Following
from vitaal.activity.models.notice import Notice

__all__ = ["Attachment", "Comment", "Event", "Following", "Notice", "record"]
