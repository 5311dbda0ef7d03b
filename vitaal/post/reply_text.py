"""What someone wrote in an answer to a mail, without what they quoted and without their signature.

The library knows how mail programs mark both; the Dutch that they write it in is here, because the library knows too
little of it and takes more than a signature ("Bedankt, ik kom ook." ends a text for it). Lines that begin with > are
taken out first, with the line that announces them, so that an answer below or between the quotes stays.
"""

import re

from mailparser_reply.constants import MAIL_LANGUAGES
from mailparser_reply.parser import EmailMessage

_OURS = "vitaal"
_QUOTED = r"(?:> ?)*"
_PERSON = r"(?:[^\n:]|mailto:){1,200}"  # every length has an end, so that no text takes long
_DAY = r"[^\n\d]{0,20}\d[^\n]{0,60}?"

# How programs announce what they quote, in Dutch and English: Gmail and Thunderbird (on this day this person wrote),
# Apple (has written the following), Outlook on a Mac (this person wrote on this day), Samsung (original message). A long
# line runs on to a second one.
_ANNOUNCED = "|".join((
    rf"Op\s{_DAY}\s(?:schreef|heeft)(?:\s{_PERSON})?(?:\n{_PERSON})?:",
    rf"Op\s{_DAY}\n?{_PERSON}?\s(?:schreef|geschreven):",
    rf"{_PERSON}\sschreef op\s{_DAY}:",
    rf"On\s{_DAY}(?:\n{_PERSON})?\swrote:",
    r"-{2,} ?(?:Oorspronkelijk|Doorgestuurd|Original|Forwarded)(?: bericht| message)? ?-{2,}",
))  # fmt: skip
_FIELD = r"(?:Van|Verzonden|Aan|Onderwerp|Datum|Cc|CC|Beantwoorden|From|Sent|To|Subject|Date|Reply-To)"

MAIL_LANGUAGES[_OURS] = {
    "wrote_header": rf"^({_QUOTED}(?:{_ANNOUNCED}))$",
    "from_header": rf"^({_QUOTED}[* ]*(?:Van|From):[^\n]{{1,500}}(?:\n{{1,2}}{_QUOTED}[* ]*{_FIELD}:[^\n]{{0,1000}}){{1,8}})",
    "disclaimers": [r"Disclaimer:", r"Dit (?:e-mail)?bericht is (?:alleen|uitsluitend) bestemd"],
    "signatures": [
        r"(?:Met )?(?:vriendelijke|hartelijke|warme|lieve|beste)s? groet(?:en|jes)?\b",
        r"(?:De )?groet(?:en|jes)?(?: van)?[,.!]?(?: [\w'’.-]{1,30}){0,3}$",
        r"M\.?v\.?r?\.?g\.?[,.!]?(?: [\w'’.-]{1,30}){0,3}$",
        r"(?:Kind|Best|Warm) regards\b",
    ],
    "sent_from": (
        r"(?:Verstuurd|Verzonden|Gestuurd) (?:vanaf|vanuit|met|via) (?:mijn|m'n|Outlook|de |Proton|Yahoo|Gmail|Mail|Samsung|iP)[^\n]*"
        r"|Outlook voor \w+ ?(?:<[^\n>]*>)? ?(?:downloade|ophale)|(?:Download|Haal) Outlook voor|Sent from (?:my|Outlook|Proton|Yahoo|Mail)"
        r"|Get Outlook for"
    ),
}
# What is taken out before the library looks: quotes with who wrote them, and lines that programs draw.
_QUOTE = re.compile(rf"(?im)^(?:{_ANNOUNCED})\n+(?=>)|^>.*$|^[_-]{(20,)}$")
_LONGEST = 20_000  # more than may be said in a comment


def own_words(text: str) -> str:
    """What was written, from the whole plain text of an answer; '' when that is nothing."""
    lines = "\n".join(line.strip() for line in text.split("\n"))
    without_quotes = _closed_up(_QUOTE.sub("", lines))
    message = EmailMessage(
        text=without_quotes[:_LONGEST], languages=[_OURS], include_english=False, keep_hyphen_lists=True
    ).read()
    own = [reply.body for reply in message.replies if not reply.headers]
    return _closed_up(own[0]) if own else ""


def _closed_up(text: str) -> str:
    """At most one empty line between paragraphs."""
    return re.sub(r"\n{3,}", "\n\n", text).strip()
