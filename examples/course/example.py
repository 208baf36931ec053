"""A total with a discount: untyped, then typed. Pass a string for a price and see what each of them says."""

from collections.abc import Sequence


def untyped_total(prices, quantities, discount=0):
    return sum(p * q for p, q in zip(prices, quantities)) * (1 - discount)


def total(prices: Sequence[float], quantities: Sequence[int], discount: float = 0) -> float:
    if len(prices) != len(quantities):
        raise ValueError(f"{len(prices)} prices for {len(quantities)} quantities")
    return sum(p * q for p, q in zip(prices, quantities)) * (1 - discount)


print(untyped_total([19.9, 4.5], [1, 3]))
print(total([19.9, 4.5], [1, 3], discount=0.1))
