"""ParamSpecs of declared variance, in the traditional syntax."""
from typing import Callable, Concatenate, Generic, ParamSpec, Protocol, TypeVar

T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)
P = ParamSpec("P")
P_in = ParamSpec("P_in", contravariant=True)
P_out = ParamSpec("P_out", covariant=True)
P_auto = ParamSpec("P_auto", infer_variance=True)
P_off = ParamSpec("P_off", covariant=False, contravariant=True)
# error: [reportGeneralTypeIssues] "at most one"
Bad1 = ParamSpec("Bad1", contravariant=True, covariant=True)
Bad2 = ParamSpec("Bad2", infer_variance=True, contravariant=True)  # error: [reportGeneralTypeIssues]
Bad3 = ParamSpec("Bad3", variance="co")  # error: [reportGeneralTypeIssues]


class Source(Generic[P_in]):
    def get(self) -> Callable[P_in, None]:
        raise NotImplementedError

    def many(self) -> tuple[Callable[P_in, None], ...] | None: ...

    # error: [pack-variance-position] "P_in"
    def changeable(self) -> list[Callable[P_in, None]]:
        raise NotImplementedError

    # error: [pack-variance-position] "P_in"
    def put(self, f: Callable[P_in, None]) -> None: ...

    # error: [pack-variance-position]
    def put_optional(self, f: "Callable[P_in, None] | None") -> None: ...

    def __init__(self, f: Callable[P_in, None]) -> None: ...


class Sink(Generic[P_out, T]):
    def put(self, f: Callable[P_out, T]) -> None: ...

    # error: [pack-variance-position] "P_out"
    def get(self) -> Callable[P_out, T]:
        raise NotImplementedError

    # error: [pack-variance-position]
    def get_more(self) -> Callable[Concatenate[int, P_out], T]:
        raise NotImplementedError


class Handler(Protocol[P_in, R_co]):
    def __call__(self, *args: P_in.args, **kwargs: P_in.kwargs) -> R_co: ...


class Off(Generic[P_off]):
    def get(self) -> Callable[P_off, None]:
        raise NotImplementedError


class Auto(Generic[P_auto, R_co]):
    def get(self) -> Callable[P_auto, R_co]:
        raise NotImplementedError


class Invariant(Generic[P]):
    def get(self) -> Callable[P, None]:
        raise NotImplementedError


def use(
    source: Source[object],
    sink: Sink[[int], str],
    handler: Handler[[object], bool],
    off: Off[object],
    auto: Auto[[object], bool],
    invariant: Invariant[object],
) -> None:
    a: Source[int] = source
    b: Sink[[object], str] = sink
    c: Handler[[int], int] = handler
    d: Off[int] = off
    e: Auto[[int], int] = auto
    f: Invariant[int] = invariant  # error: [reportAssignmentType]
    g: Handler[[int, int], int] = handler  # error: [reportAssignmentType]
    h: Auto[[int], str] = auto  # error: [reportAssignmentType]
