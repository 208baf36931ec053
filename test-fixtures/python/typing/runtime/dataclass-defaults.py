"""Defaults that a dataclass refuses, and those that it takes."""
import dataclasses
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, dataclass_transform


@dataclass
class Errs:
    a: list[int] = []  # error: 20 [dataclass-mutable-default] "default_factory=list"
    b: dict[str, int] = {"x": 1}  # error: [dataclass-mutable-default] "dict"
    c: set[int] = {1, 2}  # error: [dataclass-mutable-default] "set"
    d: list[int] = [x for x in range(3)]  # error: [dataclass-mutable-default]
    e: list[int] = list()  # error: [dataclass-mutable-default]
    f: object = []  # error: [dataclass-mutable-default]


@dataclasses.dataclass(frozen=True)
class Frozen:
    a: list[int] = []  # error: [dataclass-mutable-default]


@dataclass(repr=False)
class Child(Errs):
    g: dict[int, int] = dict()  # error: [dataclass-mutable-default]


@dataclass
class Silent:
    shared: ClassVar[list[int]] = []
    unannotated = []
    t: tuple[int, ...] = ()
    a: list[int] = field(default_factory=list)
    f: frozenset[int] = frozenset({1})
    n: int = len([1, 2])

    def method(self) -> None:
        local: list[int] = []


class Plain:
    a: list[int] = []


class Row(NamedTuple):
    a: list[int] = []


@dataclass_transform()
def model(cls: type) -> type:
    return cls


@model
class Model:
    a: list[int] = []


