"""An overloaded method that overrides an overloaded one: each signature of the parent's needs one that takes its place."""
from typing import Any, overload


class Parent:
    @overload
    def f(self, x: int) -> int: ...
    @overload
    def f(self, x: str) -> str: ...
    def f(self, x: Any) -> Any:
        return x


class Same(Parent):
    @overload
    def f(self, x: int) -> int: ...
    @overload
    def f(self, x: str) -> str: ...
    def f(self, x: Any) -> Any:
        return x


class More(Parent):
    @overload
    def f(self, x: bytes) -> bytes: ...
    @overload
    def f(self, x: int) -> bool: ...
    @overload
    def f(self, x: str) -> str: ...
    def f(self, x: Any) -> Any:
        return x


class FirstIsMissing(Parent):
    @overload
    def f(self, x: str) -> str: ...
    @overload
    def f(self, x: bytes) -> bytes: ...
    def f(self, x: Any) -> Any:  # error: [reportIncompatibleMethodOverride] "takes the place of"
        return x


class LastIsMissing(Parent):
    @overload
    def f(self, x: int) -> int: ...
    @overload
    def f(self, x: bytes) -> bytes: ...
    def f(self, x: Any) -> Any:  # error: [reportIncompatibleMethodOverride] "takes the place of"
        return x


class WrongResult(Parent):
    @overload
    def f(self, x: int) -> str: ...
    @overload
    def f(self, x: str) -> str: ...
    def f(self, x: Any) -> Any:  # error: [reportIncompatibleMethodOverride] "takes the place of"
        return x


class Wide:
    @overload
    def g(self, x: int) -> float: ...
    @overload
    def g(self, x: str) -> float: ...
    def g(self, x: Any) -> Any:
        return x


class OneForBoth(Wide):
    @overload
    def g(self, x: int | str) -> float: ...
    @overload
    def g(self, x: bytes) -> bytes: ...
    def g(self, x: Any) -> Any:
        return x


class OtherOrder(Wide):
    @overload
    def g(self, x: str) -> float: ...
    @overload
    def g(self, x: int) -> float: ...
    def g(self, x: Any) -> Any:  # error: [reportIncompatibleMethodOverride] "same order"
        return x
