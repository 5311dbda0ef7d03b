"""What a browser calls itself, in words that people recognise."""

from flask_babel import gettext as _

# The first that occurs counts: Edge also says Chrome, and Chrome also says Safari.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def device_of(user_agent: str) -> str:
    """Browser and system in words, such as "Firefox op Windows"."""
    browser = _first(_BROWSERS, user_agent) or _("Een browser")
    system = _first(_SYSTEMS, user_agent)
    return _("%(browser)s op %(system)s", browser=browser, system=system) if system else browser


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
