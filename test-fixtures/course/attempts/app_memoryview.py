# right view
import struct

import numpy as np
import numpy.typing as npt

HEADER = "<IQ"


def counted(message: memoryview) -> int:
    _version, count = struct.unpack_from(HEADER, message)
    return count


def unpacked(message: bytes) -> npt.NDArray[np.float64]:
    view = memoryview(message)
    return np.asarray(view[12 : 12 + 8 * counted(view)].cast("d"))
