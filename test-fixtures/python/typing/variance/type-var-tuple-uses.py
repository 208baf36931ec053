"""Where a class of a TypeVarTuple goes, and how its use decides the variance."""
from typing import Callable, Iterator, Protocol, assert_type
from typing_extensions import Unpack


class Row[*Ts]:
    def values(self) -> tuple[*Ts]:
        raise NotImplementedError


class Writer[*Ts]:
    def write(self, *values: *Ts) -> None: ...


class Cell[*Ts]:
    values: tuple[*Ts]


class Rows[*Ts]:
    def __iter__(self) -> Iterator[tuple[*Ts]]:
        raise NotImplementedError


class Visitor[*Ts]:
    def visit(self, f: Callable[[*Ts], None]) -> None: ...


class Prefixed[*Ts]:
    def values(self) -> tuple[int, *Ts]:
        raise NotImplementedError


class Wrapped[*Ts](Row[*Ts]):
    pass


class Listed[*Ts]:
    def lists(self) -> list[tuple[*Ts]]:
        raise NotImplementedError


def wants(row: Row[float, object]) -> None: ...


def covariant(row: Row[int, str], rows: Rows[bool], visitor: Visitor[bool], wrapped: Wrapped[bool]) -> None:
    wants(row)
    a: Row[float, object] = row
    b: Rows[int] = rows
    c: Visitor[int] = visitor
    d: Row[int] = wrapped
    e: Row[int, int] = row  # error: [reportAssignmentType]
    f: Row[int] = row  # error: [reportAssignmentType]
    g: Row[int, str, str] = row  # error: [reportAssignmentType]
    h: Rows[str] = rows  # error: [reportAssignmentType]
    i: Row[Unpack[tuple[object, ...]]] = row


def contravariant(writer: Writer[float, object], bools: Writer[bool]) -> None:
    a: Writer[int, str] = writer
    b: Writer[int] = bools  # error: [reportAssignmentType]
    c: Writer[float] = writer  # error: [reportAssignmentType]


def invariant(cell: Cell[bool], listed: Listed[bool]) -> None:
    a: Cell[int] = cell  # error: [reportAssignmentType]
    b: Listed[int] = listed  # error: [reportAssignmentType]
    c: Cell[bool] = cell


def prefixed(p: Prefixed[bool]) -> None:
    a: Prefixed[int] = p
    b: Prefixed[str] = p  # error: [reportAssignmentType]


def first[T, *Ts](row: Row[T, *Ts]) -> T:
    return row.values()[0]


def solved(row: Row[int, str]) -> None:
    assert_type(first(row), int)
    assert_type(row.values(), tuple[int, str])


class HasValues(Protocol):
    def values(self) -> tuple[object, ...]: ...


def protocol(row: Row[int, str]) -> None:
    a: HasValues = row
