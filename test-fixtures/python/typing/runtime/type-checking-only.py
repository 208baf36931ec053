# checked as: 3.11, 3.12
"""What only checkers import is not there when Python evaluates an annotation."""
import typing
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    import datetime as dt

if typing.TYPE_CHECKING:
    from fractions import Fraction

try:
    from array import array
except ImportError:
    if TYPE_CHECKING:
        from array import array

if TYPE_CHECKING:
    from typing import NewType
else:
    NewType = object


def parameter(x: Decimal) -> None: ...  # error: 18 [runtime-annotation] "NameError"


def result() -> Optional[Decimal]: ...  # error: [runtime-annotation] "Decimal"


def attribute(x: dt.date) -> None: ...  # error: [runtime-annotation] "dt"


def nested(x: "dict[str, Decimal]", y: dict[str, Decimal]) -> None: ...  # error: [runtime-annotation]


async def later(*args: Fraction) -> None: ...  # error: [runtime-annotation]


total: Decimal  # error: [runtime-annotation]


class Account:
    balance: Decimal  # error: [runtime-annotation]

    def pay(self, amounts: Sequence[int]) -> None:  # error: [runtime-annotation] "Sequence"
        rest: Decimal

        def inner(x: Fraction) -> None: ...  # error: [runtime-annotation]

        class Local:
            x: Decimal  # error: [runtime-annotation]


def quoted(x: "Decimal", y: "Optional[Sequence[int]]") -> "Fraction":
    local: Decimal = y  # error: [reportAssignmentType]
    raise NotImplementedError


def elsewhere(x: array[int], y: NewType) -> None: ...


if TYPE_CHECKING:

    def only_for_checkers(x: Decimal) -> None: ...

