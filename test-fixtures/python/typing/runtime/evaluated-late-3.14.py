# checked as: 3.14
"""Python 3.14 evaluates annotations when somebody asks for them."""
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def parameter(x: Decimal) -> Decimal:
    return x
