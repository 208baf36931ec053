"""A number that may be None is no number."""
from typing import List, Optional


def calculate_total(prices: List[float], quantities: List[int], discount: Optional[float] = 0) -> float:
    total = sum(p * q for p, q in zip(prices, quantities))
    return total * (1 - discount)  # error: [reportOperatorIssue] "None"
