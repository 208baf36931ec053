# wrong annotated: no function packed
import struct

import numpy as np
import numpy.typing as npt

HEADER = "<IQ"


def unpacked(message: bytes) -> npt.NDArray[np.float64]:
    return np.frombuffer(message, dtype="<f8", offset=12)
