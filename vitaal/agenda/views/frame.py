"""What every way of showing the agenda has in common: where its pages are, what the reader may, and what day it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.filters import Filter
from vitaal.kernel import clock
from vitaal.kernel.db import HIGHEST_NUMBER
from vitaal.kernel.web import back_to, may, parts_of


@dataclass(frozen=True, slots=True)
class Frame:
    """What a template needs for a line.

    `base` is the address below which every action has its page, `ticked` the numbers of what someone chose.
    """

    found: Filter
    base: str
    today: date
    may_change: bool
    may_arrange: bool
    ticked: Collection[int] = ()

    @property
    def adjusts(self) -> bool:
        """Whether lines can be ticked and moved."""
        return self.found.adjusts and self.may_change

    def href(self, **changes: Any) -> str:
        """The address that shows the same with other values."""
        return self._address(self.found.query(**changes))

    def cleared(self, **changes: Any) -> str:
        """The address that shows everything in the same way, with these values."""
        return self._address(self.found.cleared(**changes))

    def after(self, number: int) -> str:
        """The address of the next page: what comes after the action with this number."""
        query = self.found.query()
        return self._address(f"{query}&na={number}" if query else f"na={number}")

    def _address(self, query: str) -> str:
        return f"{self.base}?{query}" if query else self.base


def frame_for(found: Filter, ticked: Collection[int] = ()) -> Frame:
    """The frame for who is there now."""
    return Frame(
        found,
        url_for("agenda.actions"),
        clock.today(),
        may(AgendaPermission.CHANGE),
        may(AgendaPermission.ARRANGE),
        ticked,
    )


def where_from() -> str:
    """The page of the agenda on which someone clicked, as htmx or the browser tells it; else the list."""
    lists = url_for("agenda.actions")
    parts = parts_of(request.headers.get("HX-Current-URL") or request.referrer or "")
    return f"{lists}?{parts.query}" if parts.path == lists and parts.query else lists


def filter_from(address: str) -> Filter:
    """The filter in the address of a page of the agenda."""
    return Filter.read(dict(parse_qsl(parts_of(address).query)))


def number_at(parameter: str) -> int | None:
    """The number that the address of this page has under a name, when it has one that something can have."""
    typed = request.args.get(parameter, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(HIGHEST_NUMBER))):
        return None
    return int(typed) if int(typed) <= HIGHEST_NUMBER else None


def back(anchor: str = "") -> Response:
    """303 to the page that the form named in `terug`, else to the list; with the place on it."""
    address = back_to(request.form.get("terug"), url_for("agenda.actions"))
    return redirect(f"{address.split('#')[0]}#{anchor}" if anchor else address, code=303)


def sent_from(element_id: str) -> bool:
    """Whether htmx asks because of something that was done with the part of the page with this id."""
    return request.headers.get("HX-Source", "").endswith(f"#{element_id}")


def swaps(element_id: str) -> bool:
    """Whether htmx asks for just the part of the page with this id."""
    return request.headers.get("HX-Target", "").endswith(f"#{element_id}")
