"""Exercise 1a: annotate every function below, without changing what they do.

Done when the coverage of this file is 100 % without `Any`, and `strict` finds nothing in it, silenced or not.
The light bulb on a function's name offers what Strata infers; it can be wrong where no caller tells.
"""


def parse_line(line):
    name, quantity, price = line.split(",")
    return name, int(quantity), float(price)


def total(lines, discount=0):
    amounts = [quantity * price for _, quantity, price in map(parse_line, lines)]
    return sum(amounts) * (1 - discount)


def most_expensive(lines):
    best = None
    for line in lines:
        entry = parse_line(line)
        if best is None or entry[2] > best[2]:
            best = entry
    return best


def by_name(lines, names):
    wanted = set(names)
    return {name: quantity for name, quantity, _ in map(parse_line, lines) if name in wanted}
