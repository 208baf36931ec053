"""How a class uses its ParamSpec decides the variance."""
from typing import Callable, Concatenate, Iterator


class Called[**P]:
    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> int:
        raise NotImplementedError


class Nested[**P]:
    # Taken by what is taken: given.
    def each(self, visit: Callable[[Callable[P, None]], None]) -> None: ...


class WithFirst[**P]:
    def bound(self) -> Callable[Concatenate[str, P], None]:
        raise NotImplementedError


class Many[**P]:
    def all(self) -> Iterator[Callable[P, int]]:
        raise NotImplementedError


class Kept[**P]:
    def __init__(self, f: Callable[P, int]) -> None:
        self._f = f

    def call(self, *args: P.args, **kwargs: P.kwargs) -> int:
        return self._f(*args, **kwargs)


class Mutable[**P]:
    handler: Callable[P, int]


class Unused[**P]:
    pass


class Recursive[**P]:
    def again(self) -> "Recursive[P]":
        return self

    def get(self) -> Callable[P, int]:
        raise NotImplementedError


class Inherited[**P](Many[P]):
    pass


class Delegating[**P]:
    def inner(self) -> Many[P]:
        raise NotImplementedError


class DelegatingTaken[**P]:
    def inner(self, many: Many[P]) -> None: ...


def contravariant(
    called: Called[object],
    nested: Nested[object],
    first: WithFirst[object],
    many: Many[object],
    kept: Kept[object],
    recursive: Recursive[object],
    inherited: Inherited[object],
    delegating: Delegating[object],
) -> None:
    a: Called[int] = called
    b: Nested[int] = nested
    c: WithFirst[int] = first
    d: Many[int] = many
    e: Kept[int] = kept
    f: Recursive[int] = recursive
    g: Inherited[int] = inherited
    h: Delegating[int] = delegating
    i: Many[int] = inherited


def not_covariant(
    called: Called[int],
    nested: Nested[int],
    first: WithFirst[int],
    many: Many[int],
    kept: Kept[int],
    recursive: Recursive[int],
    inherited: Inherited[int],
) -> None:
    a: Called[object] = called  # error: [reportAssignmentType]
    b: Nested[object] = nested  # error: [reportAssignmentType]
    c: WithFirst[object] = first  # error: [reportAssignmentType]
    d: Many[object] = many  # error: [reportAssignmentType]
    e: Kept[object] = kept  # error: [reportAssignmentType]
    f: Recursive[object] = recursive  # error: [reportAssignmentType]
    g: Inherited[object] = inherited  # error: [reportAssignmentType]


def others(a: Mutable[object], b: Mutable[int], c: Unused[int], d: DelegatingTaken[int]) -> None:
    x: Mutable[int] = a  # error: [reportAssignmentType]
    y: Mutable[object] = b  # error: [reportAssignmentType]
    z: Unused[object] = c
    w: DelegatingTaken[object] = d
