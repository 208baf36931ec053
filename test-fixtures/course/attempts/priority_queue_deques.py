# right generic uses
from collections import deque


class PriorityQueue[T]:
    def __init__(self) -> None:
        self._waiting: dict[int, deque[T]] = {}

    def add(self, item: T, priority: int) -> None:
        self._waiting.setdefault(priority, deque()).append(item)

    def get(self) -> T | None:
        if not self._waiting:
            return None
        first = min(self._waiting)
        line = self._waiting[first]
        item = line.popleft()
        if not line:
            del self._waiting[first]
        return item

    def peek(self) -> T | None:
        return self._waiting[min(self._waiting)][0] if self._waiting else None

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))
