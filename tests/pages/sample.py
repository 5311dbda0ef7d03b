"""A document with everything in it, as a coalition would make it after nine months."""

from datetime import date
from typing import Any

from vitaal.pages.document import (
    Document,
    Entries,
    Entry,
    Figure,
    Figures,
    Head,
    Picture,
    Quote,
    Section,
    Table,
    Text,
)

MADE_ON = date(2026, 11, 23)
CIRCLES: dict[str, Any] = {
    "rings": [
        {"name": "Binnenste cirkel", "is_free": False,
         "marks": [{"text": "BS", "kind": "formal"}, {"text": "RK", "kind": "informal"}, {"text": "", "kind": "resident"}]},
        {"name": "Buitenste cirkel", "is_free": False,
         "marks": [{"text": "GL", "kind": "formal"}, {"text": "VE", "kind": "resident"}, {"text": "?", "kind": "missing"}]},
        {"name": "Vrije ruimte", "is_free": True, "marks": []},
    ]
}  # fmt: skip
FLOWER: dict[str, Any] = {
    "petals": [
        {"factor": factor, "answers": answers}
        for factor, count in (("relatie", 4), ("samenstelling", 4), ("ambitie", 2), ("belangen", 2), ("organisatie", 4))
        for answers in ([2, 2, 1], [2, 1, 0], [1, 0, 0], [2, 2, 2])[:count]
    ]
}  # fmt: skip

SHORT = (
    Section(
        "in-short",
        "In het kort",
        (
            Text(
                "In maart begonnen we met drie mensen aan een keukentafel. Nu doen 22 organisaties en groepen mee.\n\n"
                "Elke maand eten er meer dan dertig mensen in de Buurtkamer."
            ),
            Figures(
                (
                    Figure("22", "organisaties en groepen"),
                    Figure("3", "acties klaar"),
                    Figure("4", "acties bezig"),
                    Figure("11", "verhalen opgeschreven"),
                )
            ),
        ),
        hint="Wat wil je dat een raadslid onthoudt?",
        words="We dachten dat het om eenzaamheid ging. Het ging om soep.\n\nDaarna kwam de rest vanzelf.",
    ),
    Section(
        "people",
        "Wie meedoen",
        (
            Picture(
                "circles", CIRCLES, "Zes partners in twee cirkels en een vrije ruimte.", "Wie waar staat."
            ),
            Table(
                "partners",
                "Wie er meedoen",
                (Head("Partner", 34), Head("Cirkel", 16), Head("Mensen", 10), Head("Sinds", 18)),
                (
                    ("Buurtsoep", "Binnenste cirkel", 12, date(2026, 3, 4)),
                    ("Riet Koster", "Binnenste cirkel", 1, date(2026, 3, 4)),
                    ("Gemeente Lindewaard", "Buitenste cirkel", 1234, None),
                ),
            ),
        ),
    ),
    Section(
        "worked",
        "Wat lukte",
        (
            Entries(
                (
                    Entry(
                        "Ouderen lazen mee met de woonvisie",
                        "Veertien bewoners lazen het plan. Negen zinnen zijn veranderd.",
                        "Klaar op 12 oktober 2026 · Riet Koster",
                    ),
                    Entry("Elke dinsdag soep", "", "Buurtsoep"),
                ),
                "Dit kwam klaar",
            ),
            Quote("Ik kwam voor de soep. Ik bleef voor Riet.", "Bewoner, 81 jaar"),
        ),
    ),
)
LONG = (
    *SHORT,
    Section(
        "vitality",
        "Hoe we samenwerken",
        (Picture("flower", FLOWER, "Zestien bladen, van relatie tot organisatie.", "Van binnen naar buiten."),),
    ),
    Section(
        "rules",
        "Onze spelregels",
        (
            Entries(
                tuple(map(Entry, ("Iedereen telt even zwaar", "We besluiten samen", "Wat we hier delen, blijft hier"))),
                is_numbered=True,
            ),
        ),
    ),
    Section("needed", "Wat nu nodig is", (Text("Een vaste plek voor de Buurtkamer, ook na 2027."),)),
)  # fmt: skip


def sample(
    sections: tuple[Section, ...] = LONG,
    *,
    title: str = "Negen maanden samen",
    lead: str = "Wat we deden, wat we leerden en wat nu nodig is.",
    place: str = "Thuis in Lindewaard",
) -> Document:
    """The document, or one like it."""
    return Document(
        title=title,
        lead=lead,
        place=place,
        subplace="Gemeente Lindewaard",
        aside="Stand van 23 november 2026",
        language="nl",
        made_on=MADE_ON,
        sections=sections,
    )


CODE = (
    '#read("/etc/passwd")', "#sys.inputs", '#import "@preview/cetz:0.3.0"', "*vet* _schuin_", "$ x^2 $", "\\ \\u{41} \\",
    "] } ) #", "`raw` ```typ #1```", "<label> @label", "= Kop", "- punt", "+ 1.", "// weg /* weg */",
    "{{ 7 * 7 }} {% if %}", "<script>alert(1)</script>", "&amp; &lt;b&gt; ]]> <!--", "=1+1", "+31 6", "-10", "@SUM(1)",
    "https://example.nl/?a=1&b=2#c", "/etc/passwd", "../../x",
)  # fmt: skip
STRANGE = ("x" * 300, "שלום עולם", "مرحبا بالعالم", "Feest 🎉 👍🏽 👩‍👩‍👧", "a\x00b\x07c\u202ed\x1b", "  een\n\n\ntwee\r\n\tdrie ", "\u00ad\u200b")  # fmt: skip


PLACES = 14  # where a text stands in each section of the document below


def with_every_text(texts: tuple[str, ...]) -> Document:
    """A document in which each of these texts stands in each place where people's words can stand."""
    heads = (Head("Wat", 60), Head("Wanneer", 20), Head("Hoeveel", 20))
    sections = tuple(
        Section(
            f"s{number}",
            f"Deel {text}",
            (
                Text(text),
                Figures((Figure("1", text),)),
                Entries((Entry(text, text, text),), text),
                Table(f"t{number}", text, heads, ((text, MADE_ON, number), ("leeg", None, None))),
                Quote(text, text),
                Picture("circles", CIRCLES, f"Beeld {text}", text),
            ),
            words=text,
        )
        for number, text in enumerate(texts)
    )
    return sample(sections, title=f"Titel {texts[0]}", lead=texts[0], place=f"Plek {texts[0]}")
