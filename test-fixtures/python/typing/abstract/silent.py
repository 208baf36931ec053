"""Incomplete classes that nobody means to instantiate."""
from abc import ABC, ABCMeta, abstractmethod
from typing import Protocol


class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...

    @abstractmethod
    def name(self) -> str: ...


class Named(Shape, ABC):
    def name(self) -> str:
        return "?"


class NamedMixin(Shape):
    def name(self) -> str:
        return "?"


class _Named(Shape):
    def name(self) -> str:
        return "?"


class Completed(Shape):
    def name(self) -> str:
        return "?"


class Square(Completed):
    def area(self) -> float:
        return 1.0


class AddsItsOwn(Shape):
    def name(self) -> str:
        return "?"

    @abstractmethod
    def corners(self) -> int: ...


class Untouched(Shape):
    pass


class HasArea(Protocol):
    @abstractmethod
    def area(self) -> float: ...


class Full(Shape):
    def area(self) -> float:
        return 0.0

    def name(self) -> str:
        return ""


class Assigned(Shape):
    area = lambda self: 0.0
    name = lambda self: ""
