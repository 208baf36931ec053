# right generic uses
from bisect import insort
from typing import Generic, TypeVar

T = TypeVar("T")


class PriorityQueue(Generic[T]):
    def __init__(self) -> None:
        self._entries: list[tuple[int, T]] = []

    def add(self, item: T, priority: int) -> None:
        insort(self._entries, (priority, item), key=lambda entry: entry[0])

    def get(self) -> T | None:
        return self._entries.pop(0)[1] if self._entries else None

    def peek(self) -> T | None:
        return self._entries[0][1] if self._entries else None

    def __len__(self) -> int:
        return len(self._entries)
