from collections.abc import Iterable

Entry = tuple[str, int, float]


def parse_line(line: str) -> Entry:
    name, quantity, price = line.split(",")
    return name, int(quantity), float(price)


def total(lines: Iterable[str], discount: float = 0) -> float:
    amounts = [quantity * price for _, quantity, price in map(parse_line, lines)]
    return sum(amounts) * (1 - discount)


def most_expensive(lines: Iterable[str]) -> Entry | None:
    best: Entry | None = None
    for line in lines:
        entry = parse_line(line)
        if best is None or entry[2] > best[2]:
            best = entry
    return best


def by_name(lines: Iterable[str], names: Iterable[str]) -> dict[str, int]:
    wanted = set(names)
    return {name: quantity for name, quantity, _ in map(parse_line, lines) if name in wanted}
