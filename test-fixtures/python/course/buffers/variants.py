import struct

import numpy as np


def too_short():
    np.frombuffer(bytearray(20), np.float64)  # error: [numpy-frombuffer] "buffer size must be a multiple of element size"


def read_only():
    numbers = np.frombuffer(bytes(24))
    np.add(numbers, 1, out=numbers)  # error: [numpy-readonly] "output array is read-only"


def bytes_do_not_change():
    memoryview(b'abc')[0] = 1  # error: [buffer-readonly] "cannot modify read-only memory"


def too_large():
    struct.pack('B', 300)  # error: [struct-value] "ubyte format requires 0 <= number <= 255"


def too_few():
    struct.pack('II', 1)  # error: [struct-arguments] "pack expected 2 items for packing (got 1)"


def no_such_code():
    struct.unpack('zz', b'ab')  # error: [struct-format] "bad char in struct format"


def twice():
    memoryview(bytearray(16)).cast('q').cast('i')  # error: [memoryview-cast] "cannot cast between two non-byte formats"


def three_of_two():
    x, y, z = struct.unpack('<Id', bytes(12))  # error: [struct-targets] "not enough values to unpack (expected 3, got 2)"
