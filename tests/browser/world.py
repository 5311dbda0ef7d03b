"""The cast on a running site, each with a browser of their own, and a real address for every page."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page

from tests.architecture.samples import an_invitation, sample
from tests.browser import steps
from tests.browser.looking import listen
from tests.browser.site import Site, new_context
from tests.browser.steps import Visitor
from tests.cast import Cast
from vitaal.digests.unsubscribing import secret_for
from vitaal.invitations.models import PURPOSE, VALID_FOR
from vitaal.kernel import tokens
from vitaal.kernel.db import db
from vitaal.kernel.web import guard_of
from vitaal.people import sessions
from vitaal.people.models import Person


@dataclass
class World:
    """The cast, signed in on a running site."""

    site: Site
    cast: Cast
    chromium: Browser
    complaints: list[str] = field(default_factory=list)
    _pages: dict[str | None, Page] = field(default_factory=dict)

    @property
    def app(self) -> Flask:
        return self.cast.app

    def page_of(self, name: str | None) -> Page:
        """The one page of someone who is signed in, or of a passer-by."""
        if name not in self._pages:
            context = new_context(self.chromium, self.site)
            if name:
                secret = self._session_of(name)
                context.add_cookies([{"name": "vitaal_session", "value": secret, "url": self.site.url}])
            self._pages[name] = context.new_page()
            listen(self._pages[name], self.complaints)
        return self._pages[name]

    def open(self, endpoint: str) -> Page:
        """A page, opened by the first of the cast who may see it."""
        if endpoint == "people.enter_code":
            self._ask_for_a_letter("Bram")
        return self.visit(self.address_of(endpoint), *self._who_may_see(endpoint))

    def visit(self, address: str, *names: str | None) -> Page:
        """An address, opened by the first of these for whom it is there."""
        for name in names:
            page = self.page_of(name)
            self.complaints.clear()
            answer = page.goto(address)
            if len(names) == 1 or (answer and answer.ok and not answer.request.redirected_from):
                return page
        raise AssertionError(f"Nobody can open {address}")

    def address_of(self, endpoint: str) -> str:
        """Where something real is shown by this view."""
        rule = next(self.app.url_map.iter_rules(endpoint))
        values = {name: self._value_of(name, endpoint) for name in rule.arguments}
        return self.site.url + self.app.url_map.bind("").build(endpoint, values, force_external=False)

    def invitation(self) -> str:
        """The secret in an invitation of Anna's that nobody answered."""
        invitation_id = an_invitation(self.cast, self.cast.amersfoort)
        with self.app.app_context():
            secret = tokens.issue_another(PURPOSE, invitation_id, VALID_FOR)
            db.session.commit()
        return secret

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()

    def _who_may_see(self, endpoint: str) -> tuple[str | None, ...]:
        guard = guard_of(self.app.view_functions[endpoint])
        return (None,) if guard and guard.kind == "public" else ("Anna", "Farah", "Els", "Olga")

    def _value_of(self, name: str, endpoint: str) -> Any:
        if endpoint == "people.open_link":
            return self._sign_in_link()
        if name == "token":
            return self.invitation()
        if name == "member_id":
            who = "Anna" if endpoint == "workspaces.ask_whether_to_leave" else "Bram"
            return self.cast.amersfoort.members[who]
        if name == "secret":
            with self.app.app_context():
                return secret_for(self.cast.people["Anna"])
        return sample(name, self.cast, self.cast.amersfoort, endpoint, "Anna")

    def _session_of(self, name: str) -> str:
        with self.app.app_context():
            secret = sessions.begin(db.session.get_one(Person, self.cast.people[name]), "Chromium op Linux")
            db.session.commit()
        return secret

    def _sign_in_link(self) -> str:
        visitor = self._ask_for_a_letter("Chaima")
        return visitor.link("/inloggen/", about="Log in").rsplit("/", 1)[1]

    def _ask_for_a_letter(self, name: str) -> Visitor:
        visitor = Visitor(self.site, self.page_of(None), name)
        steps.ask_for_a_letter(visitor)
        return visitor
