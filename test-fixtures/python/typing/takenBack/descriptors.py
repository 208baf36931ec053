"""What reading a descriptor gives is what a protocol's read-only property compares with."""
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Named(Protocol):
    @property
    def name(self) -> str: ...


class Cached:
    @cached_property
    def name(self) -> str:
        return ""


class CachedNumber:
    @cached_property
    def name(self) -> int:
        return 1


class Field(Generic[T]):
    def __get__(self, instance: object, owner: Any = None) -> T: ...


class OfClass:
    name = Field[str]()


class OfClassNumber:
    name: Field[int] = Field()


class OfInstance:
    def __init__(self) -> None:
        self.name = Field[str]()


class OnlyOfItself:
    class Narrow:
        def __get__(self, instance: "OnlyOfItself", owner: Any = None) -> str: ...

    name = Narrow()


class AnyNamed(Protocol[T_co]):
    @property
    def name(self) -> T_co: ...


def name_of(named: AnyNamed[T]) -> T:
    return named.name


good: list[Named] = [Cached(), OfClass(), OnlyOfItself()]
number: Named = CachedNumber()  # error: [reportAssignmentType]
class_number: Named = OfClassNumber()  # error: [reportAssignmentType]
instance: Named = OfInstance()  # error: [reportAssignmentType]
text: str = name_of(Cached())
wrong: int = name_of(OfClass())  # error: [reportAssignmentType]
