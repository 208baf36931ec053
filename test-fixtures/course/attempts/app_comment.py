# wrong view: list of numbers
import struct

import numpy as np
import numpy.typing as npt

HEADER = "<IQ"


def unpacked(message: bytes) -> npt.NDArray[np.float64]:
    """Not np.frombuffer(message, offset=12) yet."""
    # return np.frombuffer(message, offset=12)
    _version, count = struct.unpack_from(HEADER, message)
    return np.array(list(struct.unpack_from(f"<{count}d", message, 12)))
