"""A misspelt override."""
from typing import override


class Base:
    def process(self, value: str) -> int:
        return len(value)


class Derived(Base):
    @override
    def process(self, value: str) -> int:
        return len(value) * 2

    @override
    def proces(self, value: str) -> int:  # error: 9 [reportGeneralTypeIssues] "proces"
        return len(value) * 2
