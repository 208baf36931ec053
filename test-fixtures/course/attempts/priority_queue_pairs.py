# wrong generic: Two entries of one priority compare
import heapq
from itertools import count


class PriorityQueue[T]:
    def __init__(self) -> None:
        self._entries: list[tuple[int, T]] = []
        self._positions = count()

    def add(self, item: T, priority: int) -> None:
        heapq.heappush(self._entries, (priority, item))

    def get(self) -> T | None:
        return heapq.heappop(self._entries)[-1] if self._entries else None

    def peek(self) -> T | None:
        return self._entries[0][-1] if self._entries else None

    def __len__(self) -> int:
        return len(self._entries)
