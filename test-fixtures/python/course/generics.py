"""Constrained type variables and generic classes."""
from typing import Generic, List, Optional, TypeVar

Number = TypeVar("Number", int, float, complex)
T = TypeVar("T")


def add_all(numbers: List[Number]) -> Number:
    result: Number = numbers[0]
    for n in numbers[1:]:
        result += n
    return result


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: List[T] = []

    def push(self, item: T) -> None:
        self.items.append(item)

    def pop(self) -> Optional[T]:
        return self.items.pop() if self.items else None


add_all([1, 2, 3])
add_all(["a", "b", "c"])  # error: [reportArgumentType]
int_stack = Stack[int]()
int_stack.push(1)
int_stack.push("oops")  # error: [reportArgumentType] "oops"
