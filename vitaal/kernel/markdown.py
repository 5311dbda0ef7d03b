"""Text that people write, shown safely: a small Markdown, without HTML, images or odd links."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "code", "hr"}


def _keep_attribute(_tag: str, _name: str, value: str) -> str | None:
    return value if value.startswith(("https://", "mailto:")) else None


def to_html(text: str) -> Markup:
    """Render a person's Markdown as safe HTML; everything that could act is dropped."""
    return Markup(  # noqa: S704 - cleaned by nh3 in the same expression
        nh3.clean(
            _reader.render(text),
            tags=_TAGS,
            attributes={"a": {"href"}},
            attribute_filter=_keep_attribute,
            url_schemes={"https", "mailto"},
            link_rel="noopener noreferrer nofollow ugc",
        )
    )
