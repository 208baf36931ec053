# checked as: 3.12
"""Under type parameters annotations are evaluated late."""
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def parameter[T](x: T, y: Decimal) -> tuple[T, Decimal]:
    return x, y
