"""Exercise 1b: make this queue generic, so that `PriorityQueue[str]` takes strings and gives strings.

Done when `strict` finds nothing here, two entries of one priority never compare their items, and queue_uses.py is
right where it says "fine" and wrong where it says "wrong".
"""

import heapq


class PriorityQueue:
    def __init__(self):
        self._entries = []

    def add(self, item, priority):
        heapq.heappush(self._entries, (priority, item))

    def get(self):
        return heapq.heappop(self._entries)[-1] if self._entries else None

    def peek(self):
        return self._entries[0][-1] if self._entries else None

    def __len__(self):
        return len(self._entries)
