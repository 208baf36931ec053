import heapq
import itertools
import queue
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar('T')
C = TypeVar('C', bound='_Comparable')
N = TypeVar('N', int, float)


class _Task:
    pass


class _Comparable:
    def __lt__(self, other):
        return False


@dataclass(order=True)
class _Taken(Generic[T]):
    priority: int
    item: T = field(compare=False)


@dataclass(order=True)
class _Numbers(Generic[N]):
    priority: int
    item: N


@dataclass(order=True)
class _Bound(Generic[C]):
    priority: int
    item: C


@dataclass(order=True)
class _Plain:
    priority: int
    name: str
    pair: tuple[int, int]
    other: _Comparable


@dataclass
class _Unordered(Generic[T]):
    priority: int
    item: T


@dataclass
class _Own(Generic[T]):
    priority: int
    item: T

    def __gt__(self, other):
        return self.priority > other.priority

    def __lt__(self, other):
        return self.priority < other.priority


def compared():
    _Taken(1, _Task()) < _Taken(1, _Task())


def numbers():
    _Numbers(1, 2) < _Numbers(1, 3)


def bound():
    _Bound(1, _Comparable()) < _Bound(1, _Comparable())


def plain():
    _Plain(1, 'a', (1, 2), _Comparable()) < _Plain(1, 'a', (1, 2), _Comparable())


def counter():
    counter = itertools.count()
    heap = []
    for _ in range(3):
        heapq.heappush(heap, (1, next(counter), _Task()))


def texts():
    heap = []
    heapq.heappush(heap, (1, 'a'))
    heapq.heappush(heap, (1, 'b'))


def comparable():
    heap = []
    heapq.heappush(heap, (1, _Comparable()))
    heapq.heappush(heap, (1, _Comparable()))


def alone():
    heapq.heappush([], 5)


def queued():
    waiting = queue.PriorityQueue()
    waiting.put((1, 'a'))
    waiting.put((1, 'b'))


def another_queue():
    waiting = queue.Queue()
    waiting.put((1, _Task()))
    waiting.put((1, _Task()))


def list_of_pairs():
    pairs = []
    pairs.append((1, _Task()))
    pairs.append((1, _Task()))
