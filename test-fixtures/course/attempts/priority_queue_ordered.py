# wrong generic: comparing two objects compares 'item'
import heapq
from dataclasses import dataclass



@dataclass(order=True)
class Entry[T]:
    priority: int
    item: T


class PriorityQueue[T]:
    def __init__(self) -> None:
        self._entries: list[Entry[T]] = []

    def add(self, item: T, priority: int) -> None:
        heapq.heappush(self._entries, Entry(priority, item))

    def get(self) -> T | None:
        return heapq.heappop(self._entries).item if self._entries else None

    def peek(self) -> T | None:
        return self._entries[0].item if self._entries else None

    def __len__(self) -> int:
        return len(self._entries)
