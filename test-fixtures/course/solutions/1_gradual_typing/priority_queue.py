import heapq
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(order=True)
class Entry(Generic[T]):
    priority: int
    position: int
    item: T = field(compare=False)


class PriorityQueue(Generic[T]):
    def __init__(self) -> None:
        self._entries: list[Entry[T]] = []
        self._positions = count()

    def add(self, item: T, priority: int) -> None:
        heapq.heappush(self._entries, Entry(priority, next(self._positions), item))

    def get(self) -> T | None:
        return heapq.heappop(self._entries).item if self._entries else None

    def peek(self) -> T | None:
        return self._entries[0].item if self._entries else None

    def __len__(self) -> int:
        return len(self._entries)
