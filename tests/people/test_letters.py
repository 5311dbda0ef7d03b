"""The letters, whole, as people read them."""

import re

from flask import Flask

from tests.cast import Cast
from tests.people.browsing import ask
from tests.people.letters import SignInLetter, letters

TO_ANNA = """\
Vitaal

Hier is je knop

Je wilt inloggen bij Vitaal. Klik op de knop, in de browser waarin je dat vroeg.

Log in:
http://localhost/inloggen/…

Lees je deze mail op een ander apparaat? Typ deze code dan op het scherm waar je begon:

……

De knop en de code werken 10 minuten, en één keer. Geef de code aan niemand.

Heb jij dit niet gevraagd? Dan hoef je niets te doen. Niemand komt binnen zonder deze mail.

--
Hulp nodig? Bel (0123) 45 67 89
Je krijgt deze mail omdat iemand met dit adres wil inloggen.
Wij meten niet of je deze mail opent.
"""

TO_A_STRANGER = """\
Vitaal

We kennen dit adres nog niet

Iemand wilde met dit adres inloggen bij Vitaal. Maar bij dit adres hoort nog geen account.

Misschien ben je op een ander adres uitgenodigd. Probeer het dan daarmee.

Probeer een ander adres:
http://localhost/inloggen

Ben je nog niet uitgenodigd? Vraag een uitnodiging aan de trekker van je coalitie, of aan je gemeente. Met die \
uitnodiging kom je meteen binnen.

Heb jij dit niet gevraagd? Dan hoef je niets te doen.

--
Hulp nodig? Bel (0123) 45 67 89
Je krijgt deze mail omdat iemand met dit adres wil inloggen.
Wij meten niet of je deze mail opent.
"""

TO_PROVE = """\
Vitaal

Is dit adres van jou?

Iemand die is ingelogd bij Vitaal zegt: dit adres is ook van mij. Ben jij dat? Klik dan op de knop, in de browser \
waarin je dat zei.

Ja, dit adres is van mij:
http://localhost/inloggen/…

Lees je deze mail op een ander apparaat? Typ deze code dan op het scherm waar je begon:

……

De knop en de code werken 10 minuten, en één keer. Geef de code aan niemand.

Heb jij dit niet gevraagd? Dan hoef je niets te doen. Er verandert dan niets.

--
Hulp nodig? Bel (0123) 45 67 89
Je krijgt deze mail omdat iemand zegt dat dit adres van hem of haar is.
Wij meten niet of je deze mail opent.
"""


def as_read(letter: SignInLetter) -> str:
    """The letter's text without its secrets, and with one empty line where there are more."""
    text = re.sub(r"(/inloggen/)\S+", r"\1…", letter.text)
    text = re.sub(r"^\d{6}$", "……", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text)


def test_the_letter_with_the_button(cast: Cast, worker: Flask) -> None:
    ask(cast.client())
    [letter] = letters(worker)
    assert letter.subject == "Log in bij Vitaal"
    assert as_read(letter) == TO_ANNA
    assert letter.code in letter.html
    assert f'href="http://localhost{letter.path}"' in letter.html
    assert letter.assurance == "at_most_once"


def test_the_letter_to_an_address_that_nobody_has(cast: Cast, worker: Flask) -> None:
    ask(cast.client(), "nora@example.nl")
    [letter] = letters(worker)
    assert letter.subject == "We kennen dit adres nog niet"
    assert as_read(letter) == TO_A_STRANGER


def test_the_letter_that_asks_whether_an_address_is_yours(cast: Cast, worker: Flask) -> None:
    cast.client("Anna").post("/mijn/adressen", data={"email": "anna@work.example"})
    [letter] = letters(worker)
    assert letter.subject == "Is dit adres van jou?"
    assert as_read(letter) == TO_PROVE
