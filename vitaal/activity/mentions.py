"""Who is meant by `@Ria`: members are mentioned by their name or first name, and remembered by their id.

A first name that more members have is asked about; what nobody is called stays text.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from markupsafe import Markup
from sqlalchemy import literal, or_, select

from vitaal.activity.models import Comment
from vitaal.activity.topics import Topic
from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle, Membership, Partner, Role

_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]’”']")


@dataclass(frozen=True, slots=True)
class Someone:
    """A member who can be mentioned."""

    id: UUID
    name: str
    partner: str


@dataclass(frozen=True, slots=True)
class Found:
    """Who is mentioned in a text: the names as typed by member id, and names that may mean more than one."""

    mentions: dict[str, list[str]] = field(default_factory=dict)
    unclear: dict[str, Sequence[Someone]] = field(default_factory=dict)


def find(text: str, topic: Topic, *, by: Membership, meant: Mapping[str, UUID | None]) -> Found:
    """Who is mentioned in what a member writes about a topic, of whom they can see.

    `meant` says for a name that more members have whom the writer means, or None for nobody. Two statements at
    most, and none for a text without an @.
    """
    return among(text, _may_be_mentioned(topic, by), meant) if "@" in text else Found()


def among(text: str, people: Iterable[Someone], meant: Mapping[str, UUID | None]) -> Found:
    """Who of these people is mentioned in a text."""
    called = _by_name(people)
    found = Found()
    for typed in _names_in(text, called):
        possible = called[folded(typed)]
        chosen = [someone for someone in possible if someone.id == meant.get(folded(typed))]
        if len(possible) == 1 or chosen:
            names = found.mentions.setdefault(str((chosen or possible)[0].id), [])
            if typed not in names:
                names.append(typed)
        elif folded(typed) not in meant:
            found.unclear[typed] = possible
    return found


def marked(text: str, mentions: Mapping[str, Sequence[str]], reader_id: UUID) -> Markup:
    """A text as HTML: names of members who are mentioned are marked, links lead somewhere, the rest is text."""
    whom = {name: member_id for member_id, names in mentions.items() for name in names}
    names = "|".join(re.escape(name) for name in sorted(whom, key=len, reverse=True))
    pattern = re.compile(
        rf"(?P<link>{_LINK.pattern})" + (rf"|(?<![\w@])@(?P<name>{names})(?!\w)" if names else "")
    )
    parts, end = [], 0
    for match in pattern.finditer(text):
        parts += [Markup.escape(text[end : match.start()]), _as_html(match, whom, reader_id)]
        end = match.end()
    return Markup("").join([*parts, Markup.escape(text[end:])])


def _as_html(match: re.Match[str], whom: Mapping[str, str], reader_id: UUID) -> Markup:
    link = match["link"]
    if link:
        return Markup('<a href="{0}" rel="noopener noreferrer nofollow ugc">{0}</a>').format(link)
    is_me = whom[match["name"]] == str(reader_id)
    return Markup('<b class="mention{}">{}</b>').format(" me" if is_me else "", match[0])


def _may_be_mentioned(topic: Topic, by: Membership) -> Iterable[Someone]:
    """The live members who may see the topic, as far as the wall shows them to the writer.

    It hides outer members from each other; but who spoke about the same shared thing may be answered.
    """
    sees = or_(
        literal(topic.circle == Circle.OUTER),
        Membership.circle == Circle.INNER,
        Membership.roles.overlap([Role.LEAD, Role.FACILITATOR]),
    )
    members = db.session.execute(
        select(Membership.id, Membership.name, Partner.name)
        .join(Membership.partner)
        .where(Membership.left_at.is_(None), sees)
    )
    people = {member_id: Someone(member_id, name, partner) for member_id, name, partner in members}
    if not by.is_inside:
        spoke = db.session.execute(
            select(Comment.author_id, Comment.author_name, Partner.name)
            .join(Comment.partner)
            .where(Comment.object_kind == topic.kind, Comment.object_id == topic.id)
            .distinct()
        )
        people |= {author_id: Someone(author_id, name, partner) for author_id, name, partner in spoke}
    return people.values()


def _by_name(people: Iterable[Someone]) -> dict[str, list[Someone]]:
    """Everyone under their whole name, and under their first name where that is nobody's whole name."""
    whole: dict[str, list[Someone]] = {}
    first: dict[str, list[Someone]] = {}
    for someone in people:
        words = someone.name.split()
        if words:
            whole.setdefault(folded(" ".join(words)), []).append(someone)
            first.setdefault(folded(words[0]), []).append(someone)
    return first | whole


def _names_in(text: str, called: Mapping[str, object]) -> Iterable[str]:
    """The names behind an @, as they were typed; of two that fit the longest."""
    if not called:
        return
    # Accents are folded letter by letter, so a place in the folded text is the same place in the text.
    without_links = _LINK.sub(lambda link: " " * len(link[0]), text)
    plain = "".join(folded(letter) if len(folded(letter)) == 1 else letter for letter in without_links)
    longest_first = sorted(called, key=len, reverse=True)
    pattern = rf"(?<![\w@])@({'|'.join(map(re.escape, longest_first))})(?!-?\w)"
    for match in re.finditer(pattern, plain):
        yield text[match.start(1) : match.end(1)]


def folded(name: str) -> str:
    """A name without capitals and accents, as people type it in a hurry."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
