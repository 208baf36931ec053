# right generic uses
import heapq
from collections import deque


class PriorityQueue[Item]:
    """A queue for each priority; the heap holds the priorities alone."""

    def __init__(self) -> None:
        self._priorities: list[int] = []
        self._items: dict[int, deque[Item]] = {}

    def add(self, item: Item, priority: int) -> None:
        if priority not in self._items:
            heapq.heappush(self._priorities, priority)
        self._items.setdefault(priority, deque()).append(item)

    def get(self) -> Item | None:
        if not self._priorities:
            return None
        first = self._items[self._priorities[0]]
        item = first.popleft()
        if not first:
            del self._items[heapq.heappop(self._priorities)]
        return item

    def peek(self) -> Item | None:
        return self._items[self._priorities[0]][0] if self._priorities else None

    def __len__(self) -> int:
        return sum(len(items) for items in self._items.values())
