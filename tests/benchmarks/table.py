"""Printing a table of figures."""

from collections.abc import Sequence

__all__ = ["print_table"]


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A title and aligned columns; numbers to the right."""
    cells = [list(columns), *[[_cell(value) for value in row] for row in rows]]
    widths = [max(len(row[n]) for row in cells) for n in range(len(columns))]
    print(f"\n{title}\n")
    for number, row in enumerate(cells):
        print(
            "  " + "  ".join(_aligned(text, width, n) for n, (text, width) in enumerate(zip(row, widths, strict=True)))
        )
        if number == 0:
            print("  " + "  ".join("─" * width for width in widths))


def _aligned(text: str, width: int, column: int) -> str:
    return text.ljust(width) if column == 0 else text.rjust(width)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
