"""What the specification makes no type: sentinels of functions, and those that are assigned otherwise."""
from typing_extensions import Sentinel

FIRST, SECOND = Sentinel("FIRST"), Sentinel("SECOND")
PAIR = (Sentinel("a"), 1)


def make() -> None:
    LOCAL = Sentinel("LOCAL")

    def inner(x: int | LOCAL) -> None: ...  # error: [reportInvalidTypeForm]

    inner(LOCAL)


def first(x: int | FIRST) -> None: ...  # error: [reportInvalidTypeForm]


NAMELESS = Sentinel()  # error: [reportCallIssue]
NUMBER = Sentinel(1)  # error: [reportArgumentType]
LOUD = Sentinel("LOUD", repr=1)  # error: [reportCallIssue]
MORE = Sentinel("MORE", name="more")  # error: [reportCallIssue]
