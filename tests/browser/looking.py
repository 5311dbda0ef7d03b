"""What can be wrong with a page that no test asked about: rules of accessibility, and what the browser says."""

from collections.abc import Sequence

from playwright.sync_api import ConsoleMessage, Page, Request, Response, ViewportSize

from vitaal.settings import ROOT

DESK: ViewportSize = {"width": 1280, "height": 900}
_TELEPHONE: ViewportSize = {"width": 390, "height": 844}
_ENLARGED: ViewportSize = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %, WCAG 1.4.10
_AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
# What can be wrong on a telephone by night while it is right on a desk by day: the page itself is the same.
_BY_LOOKS = [
    "color-contrast",
    "target-size",
    "link-in-text-block",
    "scrollable-region-focusable",
    "bypass",
    "region",
]
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def listen(page: Page, complaints: list[str]) -> None:
    """Write down from now on what the browser says: errors in the console, a refusal by the Content-Security-Policy,
    a script that fails, a file that does not come. A page that answers 403 is no complaint, nor is a form that comes back with 422."""

    def hear(message: ConsoleMessage) -> None:
        is_about_a_request = message.text.startswith("Failed to load resource")
        if message.type in {"error", "warning"} and not is_about_a_request:
            complaints.append(f"{page.url} says: {message.text}")

    def answered(response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and response.status != 422 and not is_page):
            complaints.append(f"{response.url} answers {response.status} on {page.url}")

    def failed(request: Request) -> None:
        moved_on = request.failure == "net::ERR_ABORTED"
        if not moved_on:
            complaints.append(f"{request.url} fails: {request.failure}")

    page.on("console", hear)
    page.on("response", answered)
    page.on("pageerror", lambda error: complaints.append(f"{page.url} breaks: {error}"))
    page.on("requestfailed", failed)


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands: on a desk by day, on a telephone by night, and enlarged four times.

    Needs JavaScript; leaves the page as it was.
    """
    found = [f"on a desk: {fault}" for fault in violations(page)]
    page.emulate_media(color_scheme="dark")
    _unroll_on_a_telephone(page)
    found += [f"on a telephone: {fault}" for fault in violations(page, _BY_LOOKS)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(_ENLARGED)
    found += [f"enlarged: {fault}" for fault in page.evaluate(_LOST)]
    page.set_viewport_size(DESK)
    return found


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe finds on the page as it is now, each with where; of these rules, or of all in the standards."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE)
    found: list[str] = page.evaluate(
        _VIOLATIONS, {"type": "rule", "values": rules} if rules else {"type": "tag", "values": _STANDARDS}
    )
    return found


def _unroll_on_a_telephone(page: Page) -> None:
    """A telephone as long as the page: what is at its end may not lie under the bar with the menu."""
    page.set_viewport_size(_TELEPHONE)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": _TELEPHONE["width"], "height": height})


_VIOLATIONS = """async (only) => {
  const { violations } = await axe.run({ runOnly: only, preload: false, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`));
}"""

# The page scrolls sideways (WCAG 1.4.10), or with text spaced out (WCAG 1.4.12) words disappear behind an edge.
_LOST = """() => {
  const lost = [], root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) { lost.push(`scrolls sideways: ${root.scrollWidth} px`); }
  const spaced = new CSSStyleSheet();
  spaced.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [spaced];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (texts.nextNode()) {
    range.selectNodeContents(texts.currentNode);
    const text = range.getBoundingClientRect();
    if (!texts.currentNode.data.trim() || !text.width) { continue; }
    for (let box = texts.currentNode.parentElement; box && box !== document.body; box = box.parentElement) {
      const edge = box.getBoundingClientRect(), style = getComputedStyle(box);
      if (edge.width <= 1 || style.clipPath !== "none") { break; }
      const hides = (overflow) => overflow === "hidden" || overflow === "clip";
      if ((hides(style.overflowX) && (text.right > edge.right + 1 || text.left < edge.left - 1)) ||
          (hides(style.overflowY) && (text.bottom > edge.bottom + 1 || text.top < edge.top - 1))) {
        lost.push(`cut off: ${texts.currentNode.data.trim()}`);
        break;
      }
    }
  }
  document.adoptedStyleSheets = [];
  return lost;
}"""
