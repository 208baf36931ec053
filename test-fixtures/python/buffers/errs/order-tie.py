import heapq
import queue
from dataclasses import dataclass, field
from typing import Any, Callable, Generic, TypeVar

T = TypeVar('T')


class _Task:
    def __init__(self, name):
        self.name = name


@dataclass
class _Job:
    name: str


@dataclass(order=True)
class _Prioritized(Generic[T]):
    priority: int
    # warning: 5 [order-tie] "and T may be of a type without '<'"
    item: T


@dataclass(order=True)
class _Named:
    rank: int
    # warning: [order-tie] "'<' is not supported between instances of '_Task'"
    task: _Task


@dataclass(order=True)
class _WithOptions:
    rank: int
    # warning: [order-tie] "'<' is not supported between instances of 'dict'"
    options: dict


def _raises(compare, *arguments):
    try:
        compare(*arguments)
    except TypeError as error:
        return "'<' not supported" in str(error)
    return False


def course():
    assert _raises(lambda: _Prioritized(1, _Job('a')) < _Prioritized(1, _Job('b')))


def named_class():
    assert _raises(lambda: _Named(1, _Task('a')) < _Named(1, _Task('b')))


def options():
    assert _raises(lambda: _WithOptions(1, {}) < _WithOptions(1, {'a': 1}))


def pushed():
    heap = [(1, _Task('a'))]
    # warning: 30 [order-tie] "'<' is not supported between instances of '_Task'"
    heapq.heappush(heap, (2, _Task('b')))
    assert _raises(lambda: heapq.heappush(heap, (1, _Task('c'))))


def through_a_name():
    heap = [(1, _Task('a'))]
    task = _Task('b')
    # warning: [order-tie] "'<' is not supported between instances of '_Task'"
    heapq.heappush(heap, (2, task))
    assert _raises(lambda: heapq.heappush(heap, (1, task)))


def dict_as_item():
    heap = [(1, {})]
    # warning: [order-tie] "'<' is not supported between instances of 'dict'"
    heapq.heappush(heap, (2, {'a': 1}))
    assert _raises(lambda: heapq.heappush(heap, (1, {'b': 2})))


def entry_in_a_name():
    heap = [(1, _Task('a'))]
    entry = (2, _Task('b'))
    # warning: [order-tie] "'<' is not supported between instances of '_Task'"
    heapq.heappush(heap, entry)
    assert _raises(lambda: heapq.heappush(heap, (1, entry[1])))


def replaced():
    heap = [(1, _Task('a')), (1.5, _Task('b'))]
    # warning: [order-tie] "'<' is not supported between instances of '_Job'"
    heapq.heapreplace(heap, (2, _Job('c')))
    assert _raises(lambda: heapq.heappush(heap, (1.5, _Job('d'))))


def queued():
    waiting = queue.PriorityQueue()
    # warning: [order-tie] "'<' is not supported between instances of '_Task'"
    waiting.put((2, _Task('b')))
    assert _raises(waiting.put, (2, _Task('c')))


def functions():
    def first():
        pass

    heap = [(1, first)]
    # warning: [order-tie] "'<' is not supported between instances of 'function'"
    heapq.heappush(heap, (2, first))
    assert _raises(lambda: heapq.heappush(heap, (1, functions)))
