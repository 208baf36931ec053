"""Sentinels of any name, of classes, in unions, narrowed."""
from typing_extensions import Sentinel, assert_type
import typing_extensions

MISSING = Sentinel("MISSING")
UNSET = Sentinel("<unset>")
OTHER = typing_extensions.Sentinel("other")


class Options:
    AUTO = Sentinel("Options.AUTO")

    class Inner:
        DEEP = Sentinel("deep")


def plain(x: int | UNSET = UNSET) -> int:
    if x is UNSET:
        assert_type(x, UNSET)
        return 0
    assert_type(x, int)
    return x


def negated(x: str | MISSING | UNSET) -> None:
    if x is not MISSING:
        assert_type(x, str | UNSET)
    else:
        assert_type(x, MISSING)


def early(x: int | None | MISSING) -> int:
    if x is MISSING or x is None:
        return 0
    return x + 1


def member(x: int | Options.AUTO = Options.AUTO) -> None:
    if x is Options.AUTO:
        assert_type(x, Options.AUTO)
    else:
        assert_type(x, int)


def deep(x: str | Options.Inner.DEEP) -> str:
    return "" if x is Options.Inner.DEEP else x


def default(x: int = UNSET) -> None: ...  # error: [reportArgumentType]


plain(1)
plain(UNSET)
plain(MISSING)  # error: [reportArgumentType]
plain(Options.AUTO)  # error: [reportArgumentType]
member(Options.AUTO)
member(UNSET)  # error: [reportArgumentType]
deep(Options.AUTO)  # error: [reportArgumentType]
negated(OTHER)  # error: [reportArgumentType]
values: list[int | UNSET] = [1, UNSET]
wrong: list[int | UNSET] = [1, MISSING]  # error: [reportAssignmentType]


def returned(flag: bool) -> int | OTHER:
    if flag:
        return OTHER
    return MISSING  # error: [reportReturnType]


def no_narrowing(x: int | UNSET) -> int:
    return x  # error: [reportReturnType]


QUIET = Sentinel("QUIET", repr="<quiet>")
NEWER = typing_extensions.sentinel("NEWER")


def printed(x: int | QUIET | NEWER = QUIET) -> int:
    if x is QUIET or x is NEWER:
        return 0
    assert_type(x, int)
    return x


printed(NEWER)
printed(OTHER)  # error: [reportArgumentType]
