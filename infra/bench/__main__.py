"""`python -m infra.bench [LOCALITIES …]`: measure on worlds of these sizes (35 unless told otherwise)."""

import sys
from statistics import median

from infra.bench.actions import put_on_the_agenda
from infra.bench.installation import installation
from infra.bench.pages import PAGES, Figures, measure

ACTIONS = 2_000


def main() -> None:
    """Print the figures per world and page, and the ratios that count."""
    sizes = [int(word) for word in sys.argv[1:]] or [35]
    first: dict[str, Figures] = {}
    for size in sizes:
        print(f"{size} coalitions; the first has {ACTIONS} actions")
        with installation(size) as app:
            put_on_the_agenda(app, ACTIONS)
            for page in PAGES:
                product, limit, statements = measure(app, page)
                smallest = first.setdefault(page.name, product)
                ratio = median(product.cpu) / median(limit.cpu)
                growth = median(product.cpu) / median(smallest.cpu)
                print(product.line())
                print(limit.line())
                print(
                    f"{statements} statements (three of them tell the context); CPU {ratio:.2f} times the limit, "
                    f"{growth:.2f} times the world of {sizes[0]}\n",
                    flush=True,
                )


if __name__ == "__main__":
    main()
