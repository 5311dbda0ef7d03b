"""`python -m infra.bench [LOCALITIES …]`: measure on worlds of these sizes (35 unless told otherwise)."""

import sys
from statistics import median

from infra.bench.installation import installation
from infra.bench.today import Figures, measure


def main() -> None:
    """Print the figures per world, and the ratios that count."""
    sizes = [int(word) for word in sys.argv[1:]] or [35]
    first: Figures | None = None
    for size in sizes:
        with installation(size) as app:
            product, limit, statements = measure(app)
        first = first or product
        ratio = median(product.cpu) / median(limit.cpu)
        growth = median(product.cpu) / median(first.cpu)
        print(f"{size} coalitions, {statements} statements a page (three of them tell the context)")
        print(product.line())
        print(limit.line())
        print(f"CPU {ratio:.2f} times the limit; {growth:.2f} times the world of {sizes[0]}\n", flush=True)


if __name__ == "__main__":
    main()
