import heapq
from dataclasses import dataclass
from typing import Generic, Optional, TypeVar

T = TypeVar('T')


@dataclass(order=True)
class Entry(Generic[T]):
    priority: int
    item: T  # warning: [order-tie] "and T may be of a type without '<'"


class Queue(Generic[T]):
    def __init__(self) -> None:
        self._entries: list[Entry[T]] = []

    def add(self, item: T, priority: int) -> None:
        heapq.heappush(self._entries, Entry(priority, item))

    def get(self) -> Optional[T]:
        return heapq.heappop(self._entries).item if self._entries else None
