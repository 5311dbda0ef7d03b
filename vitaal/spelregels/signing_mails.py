"""The letter that asks to read the rules and to sign them."""

from collections.abc import Sequence

from flask_babel import force_locale, ngettext

from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.spelregels.rule_queries import ToSign
from vitaal.workspaces.models import Workspace


def reminder(waiting: Sequence[ToSign], reader: Person, workspace: Workspace) -> Letter:
    """What waits for the partners that someone signs for, and the page where they do so themselves."""
    with force_locale(reader.language):
        subject = ngettext(
            "Lees en teken je mee? Er wacht %(num)d spelregel",
            "Lees en teken je mee? Er wachten %(num)d spelregels",
            sum(one.count for one in waiting),
        )
    return compose(
        "spelregels.sign", reader.email, subject=subject, template="spelregels/mail/sign",
        language=reader.language, assurance=Assurance.AT_MOST_ONCE, sender_name=workspace.name,
        workspace=workspace, waiting=waiting, person=reader,
        href=address_of("spelregels.ask_to_sign", slug=workspace.slug),
    )  # fmt: skip
