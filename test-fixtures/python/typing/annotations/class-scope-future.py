# checked as: 3.14
from __future__ import annotations


class Numbers:
    def int(self) -> None: ...

    after: int = 0
