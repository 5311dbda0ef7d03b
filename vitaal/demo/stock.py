"""What the invented world is made of: names, organisations, challenges. Nobody in it exists."""

from dataclasses import dataclass

FIRST_NAMES = (
    "Ria", "Henk", "Fatima", "Joke", "Mehmet", "Truus", "Willem", "Aisha", "Corrie", "Sjaak", "Noor", "Piet",
    "Marijke", "Youssef", "Annie", "Kees", "Lotte", "Ferry", "Greet", "Ruben", "Hatice", "Bert", "Elly", "Sem",
    "Tineke", "Gerrit", "Samira", "Wim", "Hennie", "Jasper", "Dewi", "Klaas", "Mieke", "Omar", "Riet", "Thijs",
    "Carla", "Ali", "Nel", "Bas", "Ineke", "Jamal", "Trudy", "Koen", "Leyla", "Harm", "Wil", "Milan",
)  # fmt: skip
LAST_NAMES = (
    "Appelman", "Bloemendaal", "Van den Dool", "Eikelboom", "Fluitsma", "Goossens", "Hazelhof", "Iedema",
    "Jonkers", "Karaca", "Lindeboom", "Meerbeek", "Nachtegaal", "Oosterling", "Pruim", "Quist", "Rozema",
    "Spoelstra", "Terpstra", "Uiterwijk", "Vlasblom", "Wagemakers", "El Yamani", "Zandbergen", "Kuipers",
    "Brouwershaven", "Dijksma", "Sahin", "Molenkamp", "Veenhof", "Achterberg", "Korenaar",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of partner as it occurs in nearly every locality; `{place}` is filled in."""

    name: str
    kind: str
    is_formal: bool
    sector: str
    circle: str


PARTNERS = (
    Kind("Gemeente {place}", "organisation", True, "Gemeente", "inner"),
    Kind("Welzijn {place}", "organisation", True, "Welzijn", "inner"),
    Kind("Thuiszorg Rondom {place}", "organisation", True, "Zorg", "inner"),
    Kind("Buurthuis De {thing}", "initiative", False, "Ontmoeting", "inner"),
    Kind("Wandelclub {place}", "initiative", False, "Sport en bewegen", "inner"),
    Kind("Seniorenraad {place}", "organisation", False, "Belangen van ouderen", "inner"),
    Kind("Bibliotheek De {thing}", "organisation", True, "Cultuur", "outer"),
    Kind("Woonstichting {thing}", "organisation", True, "Wonen", "outer"),
    Kind("Huisartsen aan de {street}", "organisation", True, "Zorg", "outer"),
    Kind("Muziekvereniging {thing}klank", "initiative", False, "Cultuur", "outer"),
    Kind("Repaircafé {place}", "initiative", False, "Duurzaam", "outer"),
    Kind("Fonds {thing}", "organisation", True, "Fonds", "free"),
    Kind("Bakkerij {thing}", "organisation", True, "Ondernemers", "free"),
)
THINGS = (
    "Linde", "Ploeg", "Eendracht", "Brug", "Molen", "Wending", "Waterlelie", "Horizon", "Kastanje", "Vlinder",
    "Haven", "Schakel", "Klimop", "Zonnewijzer", "Reiger", "Boomgaard", "Vuurtoren",
)  # fmt: skip
STREETS = ("Dorpsstraat", "Kerklaan", "Molenweg", "Lindelaan", "Singel", "Veerweg", "Parklaan")


@dataclass(frozen=True)
class Challenge:
    """What a coalition works on, with a name for it and the route that it began with."""

    name: str
    challenge: str
    route: str
    form: str


CHALLENGES = (
    Challenge(
        "Thuis in {place}",
        "Veel mensen wonen lang alleen. We willen dat iedereen elke week iemand spreekt die om hem geeft.",
        "learning-by-doing",
        "network",
    ),
    Challenge(
        "{place} in beweging",
        "Wie ouder wordt, beweegt vaak minder. We zoeken samen uit wat mensen graag naar buiten brengt.",
        "challenge-based",
        "partnership",
    ),
    Challenge(
        "Samen ouder in {place}",
        "Er ligt een plan voor wonen en zorg. We willen dat bewoners zelf meebeslissen over hun buurt.",
        "strategic-agenda",
        "coalition",
    ),
    Challenge(
        "Aan tafel in {place}",
        "Samen eten geeft plezier en contact. Toch blijven de stoelen in de buurt vaak leeg.",
        "learning-by-doing",
        "network",
    ),
    Challenge(
        "Rond rouw in {place}",
        "Na een verlies staan mensen er vaak alleen voor. We maken het gewoon om erover te praten.",
        "challenge-based",
        "partnership",
    ),
    Challenge(
        "{place} helpt elkaar digitaal",
        "Steeds meer gaat via een scherm. We zorgen dat niemand daardoor buiten de boot valt.",
        "learning-by-doing",
        "partnership",
    ),
)
MUNICIPALITIES = (
    "Amersfoort", "Zutphen", "Leeuwarden", "Middelburg", "Roermond", "Gouda", "Assen", "Deventer", "Hoorn",
    "Venray", "Stichtse Vecht", "Lelystad", "Eemsdelta", "Terneuzen", "Kampen", "Oss", "Weert", "Zeist",
    "Heerenveen", "Tiel", "Doetinchem", "Bergen op Zoom", "Katwijk", "Emmen", "Nijkerk", "Sittard-Geleen",
    "Purmerend", "Smallingerland", "Barneveld", "Helmond", "Schouwen-Duiveland", "Woerden", "Almelo",
    "Noordoostpolder", "Vlissingen",
)  # fmt: skip
MESSAGES = (
    "Jouw ervaring in de buurt kunnen we goed gebruiken. Kom je erbij?",
    "Ik dacht meteen aan jou. Je hoeft niets voor te bereiden.",
    "We beginnen klein. Fijn als je meedenkt.",
)
