"""Annotations that stay text."""
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def parameter(x: Decimal) -> Decimal:
    return x


class Account:
    balance: Decimal
