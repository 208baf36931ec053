# right annotated strict
from collections.abc import Collection, Sequence
from typing import NamedTuple


class Sale(NamedTuple):
    name: str
    quantity: int
    price: float


def parse_line(line: str) -> Sale:
    name, quantity, price = line.split(",")
    return Sale(name, int(quantity), float(price))


def total(lines: Sequence[str], discount: float = 0.0) -> float:
    amounts = [quantity * price for _, quantity, price in map(parse_line, lines)]
    return sum(amounts) * (1 - discount)


def most_expensive(lines: Sequence[str]) -> Sale | None:
    best: Sale | None = None
    for line in lines:
        entry = parse_line(line)
        if best is None or entry[2] > best[2]:
            best = entry
    return best


def by_name(lines: Sequence[str], names: Collection[str]) -> dict[str, int]:
    wanted = set(names)
    return {name: quantity for name, quantity, _ in map(parse_line, lines) if name in wanted}
