"""Where a class of a ParamSpec goes: arguments, results, attributes, elements, narrowed unions."""
from typing import Callable, Protocol


class Given[**P]:
    def get(self) -> Callable[P, int]:
        raise NotImplementedError


class Taken[**P]:
    def put(self, f: Callable[P, int]) -> None: ...


class Both[**P]:
    def get(self) -> Callable[P, int]:
        raise NotImplementedError

    def put(self, f: Callable[P, int]) -> None: ...


def wants_given(x: Given[int]) -> None: ...
def wants_taken(x: Taken[object]) -> None: ...
def wants_both(x: Both[int]) -> None: ...


def arguments(a: Given[object], b: Given[bool], c: Taken[int], d: Taken[[int, int]]) -> None:
    wants_given(a)
    wants_given(b)  # error: [reportArgumentType] "Given[(bool)]"
    wants_taken(c)
    wants_taken(d)  # error: [reportArgumentType]


def invariant(a: Both[int], b: Both[object], c: Both[bool]) -> None:
    wants_both(a)
    wants_both(b)  # error: [reportArgumentType]
    wants_both(c)  # error: [reportArgumentType]


def result(x: Given[object]) -> Given[str]:
    return x


def wrong_result(x: Given[str]) -> Given[object]:
    return x  # error: [reportReturnType]


def elements(xs: list[Given[object]], t: tuple[Given[object], ...]) -> None:
    a: list[Given[int]] = xs  # error: [reportAssignmentType]
    b: tuple[Given[int], ...] = t


def several(two: Given[int, str], one: Given[int], none: Given[[]]) -> None:
    a: Given[int] = two  # error: [reportAssignmentType]
    b: Given[int, str] = one  # error: [reportAssignmentType]
    c: Given[[]] = one  # error: [reportAssignmentType]
    d: Given[int] = none  # error: [reportAssignmentType]


def any_signature(x: Given[...], y: Given[int]) -> None:
    a: Given[int] = x
    b: Given[...] = y


class HasGet(Protocol):
    def get(self) -> Callable[[int], int]: ...


def protocol(x: Given[object], y: Given[str]) -> None:
    a: HasGet = x
    b: HasGet = y  # error: [reportAssignmentType]
