# wrong view: message\[12:\] of bytes is a copy
import struct

import numpy as np
import numpy.typing as npt

HEADER = "<IQ"


def unpacked(message: bytes) -> npt.NDArray[np.float64]:
    return np.frombuffer(message[12:], dtype="<f8")
