"""What the pages about working groups may send."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, Optional

from vitaal.pages.forms import AreaField, Form, TextField, VersionedForm, options
from vitaal.workspaces.models import Membership


class GroupForm(VersionedForm):
    """A working group: its name, what it is for, and who leads it."""

    name = TextField(
        _l("Hoe heet de werkgroep?"), [DataRequired(_l("Geef de werkgroep een naam."))], longest=80
    )
    purpose = AreaField(_l("Wat gaan jullie doen?"), [Optional()], longest=1_000)
    lead_id = SelectField(_l("Wie trekt de werkgroep?"), [Optional()])

    def offer(self, members: Iterable[Membership]) -> "GroupForm":
        """Let people choose from these members."""
        self.lead_id.choices = options(
            ("", _l("Nog niemand")), *((str(member.id), member.name) for member in members)
        )
        return self

    @property
    def chosen_lead(self) -> UUID | None:
        """Who was chosen to lead."""
        return UUID(self.lead_id.data) if self.lead_id.data else None

    def wanted(self) -> dict[str, Any]:
        """What was typed, by column name."""
        return {"name": self.name.data, "purpose": self.purpose.data or "", "lead_id": self.chosen_lead}


class GroupMemberForm(Form):
    """Someone who takes part from now on."""

    member_id = SelectField(_l("Wie doet er mee?"), [InputRequired(_l("Kies iemand."))])

    def offer(self, members: Iterable[Membership]) -> "GroupMemberForm":
        """Let people choose from these members."""
        self.member_id.choices = options(
            ("", _l("Kies iemand")), *((str(one.id), one.name) for one in members)
        )
        return self

    @property
    def chosen(self) -> UUID:
        """Who was chosen."""
        return UUID(self.member_id.data)
