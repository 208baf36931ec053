# wrong uses: queue_uses.py should be fine
import heapq
from itertools import count


class PriorityQueue:
    def __init__(self) -> None:
        self._entries: list[tuple[int, int, str]] = []
        self._positions = count()

    def add(self, item: str, priority: int) -> None:
        heapq.heappush(self._entries, (priority, next(self._positions), item))

    def get(self) -> str | None:
        return heapq.heappop(self._entries)[-1] if self._entries else None

    def peek(self) -> str | None:
        return self._entries[0][-1] if self._entries else None

    def __len__(self) -> int:
        return len(self._entries)
