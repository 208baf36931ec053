# checked as: 3.11
"""Before Python 3.12 the import is the error, and the misspelling still is one."""
from typing import override  # error: [reportAttributeAccessIssue] "override"


class Base:
    def process(self, value: str) -> int:
        return len(value)


class Derived(Base):
    @override
    def process(self, value: str) -> int:
        return len(value) * 2

    @override
    def proces(self, value: str) -> int:  # error: 9 [override-unmatched] ""process" is there"
        return len(value) * 2
