"""A small shop's stock, with the mistakes that gradual typing is there to find."""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, final, override

T = TypeVar("T")


class Priced(Protocol):
    def price(self) -> float: ...


@dataclass
class Item:
    name: str
    cents: int
    tags: list[str] = None  # None is no list: `field(default_factory=list)` is meant.

    def price(self) -> float:
        return self.cents / 100

    def label(self, width: int) -> str:
        return self.name[:width]


class DiscountedItem(Item):
    @override
    def price(self) -> float:
        return super().price() * 0.9

    @override
    def lable(self, width: int) -> str:  # `label` is meant.
        return self.name[:width] + "*"


@final
class Till:
    def __init__(self) -> None:
        self.items: list[Priced] = []

    def total(self) -> float:
        return sum(item.price() for item in self.items)


class BackupTill(Till):  # A @final class has no subclasses.
    pass


class Shelf(Generic[T]):
    def __init__(self) -> None:
        self._items: list[T] = []

    def put(self, item: T) -> None:
        self._items.append(item)

    def top(self) -> T | None:
        return self._items[-1] if self._items else None


shelf = Shelf[Item]()
shelf.put(Item("Moka pot", 3490))
shelf.put("Bread knife")  # A string is no Item.
print(shelf.top().label(8))  # `top` may be None.
