# checked as: 3.14
"""Python 3.14 evaluates annotations late, in the namespace of the class."""
from dataclasses import dataclass
from datetime import date


class Numbers:
    before: int = 0

    def int(self) -> str:
        return ""

    after: int = 0  # error: 12 [class-scope-annotation] "method"
    quoted: "int" = 0
    listed: list[int] = []  # error: [class-scope-annotation]

    # error: [class-scope-annotation]
    def method(self, x: int) -> None: ...

    def result(self) -> int:  # error: [class-scope-annotation]
        x: int = 0
        return x

    str: "str" = ""
    label: str = ""  # error: [class-scope-annotation] "variable"


@dataclass
class Day:
    date: date
    other: date


class Nested:
    def int(self) -> None: ...

    class Inner:
        x: int = 0


class Alias:
    Id = int
    x: Id = 0

    class Kind: ...

    y: Kind = Kind()
