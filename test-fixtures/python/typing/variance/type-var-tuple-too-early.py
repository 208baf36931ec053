"""typing.TypeVarTuple takes a variance from Python 3.15 on; before, the call raises TypeError."""
from typing import TypeVarTuple

Ts = TypeVarTuple("Ts", covariant=True)  # error: [reportGeneralTypeIssues] "covariant"
