"""A constructor that says @override is held to it."""
from abc import ABC, abstractmethod
from dataclasses import InitVar, dataclass
from typing import Any, Generic, Self, TypeVar, overload
from typing_extensions import override

T = TypeVar("T")


class Base:
    def __init__(self, x: int, *, name: str = "") -> None: ...

    def __init_subclass__(cls, tag: str = "") -> None: ...


class Same(Base):
    @override
    def __init__(self, x: int, *, name: str = "") -> None: ...


class Wider(Base):
    @override
    def __init__(self, x: float, y: int = 0, *, name: str | None = "") -> None: ...


class Narrower(Base):
    @override
    def __init__(self, x: bool, *, name: str = "") -> None: ...  # error: [override-constructor] "Base.__init__"


class Fewer(Base):
    @override
    def __init__(self, x: int) -> None: ...  # error: [override-constructor]


class More(Base):
    @override
    def __init__(self, x: int, y: int, *, name: str = "") -> None: ...  # error: [override-constructor]


class Renamed(Base):
    @override
    def __init__(self, z: int, *, name: str = "") -> None: ...  # error: [override-constructor]


class Variadic(Base):
    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...


class Unmarked(Base):
    def __init__(self) -> None: ...


class Grandchild(Wider):
    @override
    def __init__(self, x: int, *, name: str = "") -> None: ...  # error: [override-constructor] "Wider.__init__"


class Subclassing(Base):
    @override
    def __init_subclass__(cls, tag: int = 0) -> None: ...  # error: [override-constructor] "__init_subclass__"


class New:
    def __new__(cls, x: int) -> Self:
        return super().__new__(cls)


class NewSame(New):
    @override
    def __new__(cls, x: int) -> Self:
        return super().__new__(cls, x)


class NewOther(New):
    @override
    def __new__(cls, x: str) -> Self:  # error: [override-constructor] "New.__new__"
        return super().__new__(cls, 1)


class Box(Generic[T]):
    def __init__(self, value: T) -> None: ...


class IntBox(Box[int]):
    @override
    def __init__(self, value: int) -> None: ...


class StrBox(Box[int]):
    @override
    def __init__(self, value: str) -> None: ...  # error: [override-constructor]


class SubBox(Box[T]):
    @override
    def __init__(self, value: T) -> None: ...


class Overloaded:
    @overload
    def __init__(self, x: int) -> None: ...
    @overload
    def __init__(self, x: str) -> None: ...
    def __init__(self, x: int | str) -> None: ...


class OverloadedSame(Overloaded):
    @override
    def __init__(self, x: int | str) -> None: ...


class OverloadedLess(Overloaded):
    @override
    def __init__(self, x: int) -> None: ...  # error: [override-constructor]


class Abstract(ABC):
    @abstractmethod
    def __init__(self, x: int) -> None: ...


class Concrete(Abstract):
    @override
    def __init__(self, x: str) -> None: ...  # error: [override-constructor]


class Unknown(Any):
    pass


class BelowUnknown(Unknown):
    @override
    def __init__(self, x: str) -> None: ...


@dataclass
class Data:
    x: InitVar[int]

    def __post_init__(self, x: int) -> None: ...


@dataclass
class MoreData(Data):
    @override
    def __post_init__(self, x: int) -> None: ...


class OnlyObject:
    @override
    def __init__(self, x: int) -> None: ...
