"""What `# type: ignore[code]` silences: what mypy's codes stand for, and everything where nobody can know."""
import json


def returned(x: int) -> str:
    return x  # type: ignore[return-value]


def returned_all(x: int) -> str:
    return x  # type: ignore


def returned_several(x: int) -> str:
    return x  # type: ignore[arg-type, return-value]


def by_rule(x: int) -> str:
    return x  # type: ignore[reportReturnType]


def unknown_code(x: int) -> str:
    return x  # type: ignore[a-plugin-of-mine]


def misc(x: int) -> str:
    return x  # type: ignore[misc]


def other_code(x: int) -> str:
    # error: [reportReturnType]
    return x  # type: ignore[arg-type]


def default(x: int = "") -> None: ...  # type: ignore[assignment]


json.nothing  # type: ignore[attr-defined]
# error: [reportAttributeAccessIssue]
json.nothing()  # type: ignore[call-arg]
json.loads(1)  # type: ignore[call-overload, arg-type]


def unreached(x: int) -> str:
    # error: [reportArgumentType]
    return returned("") + json.nothing  # type: ignore[attr-defined]
