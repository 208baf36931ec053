"""@override on overloads, on members of every kind and on what several bases give."""
from typing import overload
from typing_extensions import override


class Base:
    name: str = ""

    def method(self, x: int) -> int:
        return x

    @overload
    def both(self, x: int) -> int: ...
    @overload
    def both(self, x: str) -> str: ...
    def both(self, x: int | str) -> int | str:
        return x

    @property
    def size(self) -> int:
        return 0

    @classmethod
    def make(cls, x: int) -> "Base":
        return cls()

    @staticmethod
    def helper(x: int) -> int:
        return x


class Good(Base):
    @override
    def method(self, x: float) -> int:
        return 0

    @overload
    def both(self, x: int) -> int: ...
    @overload
    def both(self, x: str) -> str: ...
    @override
    def both(self, x: int | str) -> int | str:
        return x

    @property
    @override
    def size(self) -> bool:
        return True

    @classmethod
    @override
    def make(cls, x: int) -> "Good":
        return cls()

    @staticmethod
    @override
    def helper(x: float) -> int:
        return 0


class Bad(Base):
    @override
    def method(self, x: str) -> int:  # error: [reportIncompatibleMethodOverride]
        return 0

    @override
    def both(self, x: int) -> int:  # error: [reportIncompatibleMethodOverride]
        return x

    @property
    @override
    def size(self) -> str:  # error: [reportIncompatibleMethodOverride]
        return ""

    @classmethod
    @override
    def make(cls, x: str) -> "Bad":  # error: [reportIncompatibleMethodOverride]
        return cls()

    @override
    def metod(self, x: int) -> int:  # error: [reportGeneralTypeIssues] "metod"
        return x


class Left:
    def f(self, x: int) -> int:
        return x


class Right:
    def f(self, x: int) -> int:
        return x

    def g(self, x: int) -> int:
        return x


class Both(Left, Right):
    @override
    def f(self, x: int) -> int:
        return x

    @override
    def g(self, x: str) -> int:  # error: [reportIncompatibleMethodOverride]
        return 0
