"""The __replace__ of Python 3.13 leaves a frozen dataclass covariant; one of one's own counts."""
from dataclasses import dataclass
from typing import NamedTuple, Self


@dataclass(frozen=True)
class Frozen[T]:
    x: T
    xs: tuple[T, ...] = ()


@dataclass
class Mutable[T]:
    x: T


@dataclass(frozen=True)
class Sub[T](Frozen[T]):
    y: int = 0


class Own[T]:
    def get(self) -> T:
        raise NotImplementedError

    def __replace__(self, *, x: T) -> Self:
        return self


class Point[T](NamedTuple):
    x: T


def use(f: Frozen[int], m: Mutable[int], s: Sub[int], o: Own[int], p: Point[int]) -> None:
    a: Frozen[float] = f
    b: Mutable[float] = m  # error: [reportAssignmentType]
    c: Sub[float] = s
    d: Own[float] = o  # error: [reportAssignmentType]
    e: Point[float] = p
    g: Frozen[str] = f  # error: [reportAssignmentType]
