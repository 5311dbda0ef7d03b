"""The letters with which someone shows that an address is theirs."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.kernel.web import address_of
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter


def sign_in(to: str, link: str, code: str, language: str, until: datetime) -> Letter:
    """The button and the code to come in with, for someone we know."""
    with force_locale(language):
        subject = _("Log in bij Vitaal")
    return compose(
        "sign_in", to, subject=subject, template="people/mail/sign_in", language=language,
        assurance=Assurance.AT_MOST_ONCE, give_up_at=until, code=code, href=address_of("people.open_link", token=link),
    )  # fmt: skip


def unknown_address(to: str, language: str, until: datetime) -> Letter:
    """To an address that nobody has: that we don't know it, and how to get an invitation."""
    with force_locale(language):
        subject = _("We kennen dit adres nog niet")
    return compose(
        "sign_in_unknown", to, subject=subject, template="people/mail/unknown_address", language=language,
        assurance=Assurance.AT_MOST_ONCE, give_up_at=until, href=address_of("people.sign_in"),
    )  # fmt: skip


def is_this_yours(to: str, link: str, code: str, language: str, until: datetime) -> Letter:
    """The button and the code for someone who is signed in and says that this address is theirs too."""
    with force_locale(language):
        subject = _("Is dit adres van jou?")
    return compose(
        "prove_address", to, subject=subject, template="people/mail/is_this_yours", language=language,
        assurance=Assurance.AT_MOST_ONCE, give_up_at=until, code=code, href=address_of("people.open_link", token=link),
    )  # fmt: skip
