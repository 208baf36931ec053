# checked as: 3.11
"""@override that can't be imported still says what is meant."""
import typing
from typing import Any
from typing import override  # error: [reportAttributeAccessIssue]
from somewhere import Unknown  # error: [reportMissingImports]


class Base:
    @property
    def size(self) -> int:
        return 0

    def process(self) -> None: ...

    def close(self) -> None: ...


class Derived(Base):
    @override
    def process(self) -> None: ...

    @override
    def processs(self) -> None: ...  # error: [override-unmatched] "process"

    @override
    def colse(self) -> None: ...  # error: [override-unmatched] ""close" is there"

    @override
    def unrelated(self) -> None: ...  # error: [override-unmatched] "member of this name"

    @typing.override  # error: [reportAttributeAccessIssue]
    def qualified(self) -> None: ...  # error: [override-unmatched] "qualified"

    @override
    def __repr__(self) -> str:
        return ""

    @property
    @override
    def size(self) -> int:
        return 1


class Grandchild(Derived):
    @override
    def close(self) -> None: ...


class BelowUnknown(Unknown):
    @override
    def anything(self) -> None: ...


class BelowAny(Any):
    @override
    def anything(self) -> None: ...
