"""A protocol that should be covariant, and one that isinstance can't ask for."""
from typing import Iterator, Protocol, TypeVar

T = TypeVar("T")


class Sized(Protocol):
    def __len__(self) -> int: ...


class Iterable(Protocol[T]):  # error: [reportInvalidTypeVarUse] "covariant"
    def __iter__(self) -> Iterator[T]: ...


def size(obj: Iterable[T]) -> int:
    if isinstance(obj, Sized):  # error: [reportArgumentType] "isinstance"
        return len(obj)
    return sum(1 for _ in obj)
