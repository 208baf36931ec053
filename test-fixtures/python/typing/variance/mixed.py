"""Type parameters of all kinds in one class, inferred beside declared ones."""
from typing import Callable, Generic, ParamSpec, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
T_auto = TypeVar("T_auto", infer_variance=True)
P_auto = ParamSpec("P_auto", infer_variance=True)


class Job[Result, **P, *Tags]:
    def run(self, *args: P.args, **kwargs: P.kwargs) -> Result:
        raise NotImplementedError

    def tag(self, tags: tuple[*Tags]) -> None: ...


def job(j: Job[bool, [object], object]) -> None:
    a: Job[int, [object], object] = j
    b: Job[bool, [int], object] = j
    c: Job[bool, [object], str] = j
    d: Job[int, [str], str] = j
    e: Job[str, [object], object] = j  # error: [reportAssignmentType]
    f: Job[bool, [object, int], object] = j  # error: [reportAssignmentType]
    g: Job[bool, [object], str, str] = j  # error: [reportAssignmentType]


class Old(Generic[T_auto, T, T_co, P_auto]):
    def f(self, x: T_auto, y: T) -> tuple[T, T_co]:
        raise NotImplementedError

    def g(self) -> Callable[P_auto, T_co]:
        raise NotImplementedError


def old(o: Old[object, int, bool, [object]]) -> None:
    a: Old[str, int, bool, [object]] = o
    b: Old[object, int, int, [object]] = o
    c: Old[object, int, bool, [str]] = o
    d: Old[object, object, bool, [object]] = o  # error: [reportAssignmentType]
    e: Old[object, int, str, [object]] = o  # error: [reportAssignmentType]
