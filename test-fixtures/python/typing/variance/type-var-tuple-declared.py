"""TypeVarTuples of declared variance, in the traditional syntax."""
from typing import Generic
from typing_extensions import TypeVarTuple, Unpack
import typing_extensions as te

Ts = TypeVarTuple("Ts")
Ts_in = TypeVarTuple("Ts_in", contravariant=True)
Ts_out = te.TypeVarTuple("Ts_out", covariant=True)
Ts_auto = TypeVarTuple("Ts_auto", infer_variance=True)
Bad1 = TypeVarTuple("Bad1", contravariant=True, covariant=True)  # error: [reportGeneralTypeIssues]
Bad2 = TypeVarTuple("Bad2", contravariant=True, infer_variance=True)  # error: [reportGeneralTypeIssues]
Bad3 = TypeVarTuple("Bad3", bound=int)  # error: [reportGeneralTypeIssues]


class Writer(Generic[Unpack[Ts_in]]):
    def write(self, *values: *Ts_in) -> None: ...

    # error: [pack-variance-position] "Ts_in"
    def last(self) -> tuple[*Ts_in] | None: ...

    # error: [pack-variance-position]
    def pairs(self) -> dict[str, tuple[int, *Ts_in]]:
        raise NotImplementedError


class Row(Generic[*Ts_out]):
    def values(self) -> tuple[*Ts_out]:
        raise NotImplementedError

    def replace(self, values: tuple[*Ts_out]) -> None: ...  # error: [pack-variance-position] "Ts_out"


class Auto(Generic[*Ts_auto]):
    def values(self) -> tuple[*Ts_auto]:
        raise NotImplementedError


class Invariant(Generic[*Ts]):
    def values(self) -> tuple[*Ts]:
        raise NotImplementedError


class SubInvariant[*Us](Invariant[*Us]):
    pass


def use(
    writer: Writer[object], row: Row[bool], auto: Auto[bool], invariant: Invariant[bool], sub: SubInvariant[bool]
) -> None:
    a: Writer[int] = writer
    b: Row[int] = row
    c: Auto[int] = auto
    d: Invariant[int] = invariant  # error: [reportAssignmentType]
    e: Writer[int, int] = writer  # error: [reportAssignmentType]
    f: Row[str] = row  # error: [reportAssignmentType]
    g: SubInvariant[int] = sub  # error: [reportAssignmentType]
