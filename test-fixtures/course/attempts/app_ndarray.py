# right view
import struct

import numpy as np
import numpy.typing as npt

HEADER = "<IQ"


def unpacked(message: bytes) -> npt.NDArray[np.float64]:
    _version, count = struct.unpack(HEADER, message[:12])
    return np.ndarray((count,), dtype="<f8", buffer=message, offset=12)
