import numpy as np


def not_a_multiple():
    np.frombuffer(bytearray(20), np.float64)  # error: 5 [numpy-frombuffer] "buffer size must be a multiple of element size"


def default_dtype():
    np.frombuffer(b'1234')  # error: [numpy-frombuffer] "buffer size must be a multiple of element size"


def dtype_as_text():
    np.frombuffer(bytes(10), dtype='<i4')  # error: [numpy-frombuffer] "buffer size must be a multiple of element size"


def too_many():
    np.frombuffer(b'12345678', dtype='i4', count=3)  # error: [numpy-frombuffer] "buffer is smaller than requested size"


def behind_the_end():
    np.frombuffer(b'12345678', dtype='i4', offset=9)  # error: [numpy-frombuffer] "offset must be non-negative and no greater than buffer length (8)"


def negative_offset():
    np.frombuffer(b'12345678', np.uint8, offset=-1)  # error: [numpy-frombuffer] "offset must be non-negative and no greater than buffer length (8)"


def odd_offset():
    data = bytes(8)
    np.frombuffer(data, np.int32, offset=2)  # error: [numpy-frombuffer] "buffer size must be a multiple of element size"


def of_a_slice():
    view = memoryview(bytearray(16))[3:]
    np.frombuffer(view, dtype=np.uint16)  # error: [numpy-frombuffer] "buffer size must be a multiple of element size"


def every_second():
    view = memoryview(bytes(16))[::2]
    np.frombuffer(view, np.uint8)  # error: [numpy-frombuffer] "underlying buffer is not C-contiguous"


def no_dtype():
    np.frombuffer(bytes(9), 'i3')  # error: [numpy-frombuffer] "data type 'i3' not understood"


def too_small_for_an_ndarray():
    np.ndarray((3,), 'f8', bytearray(8))  # error: [numpy-frombuffer] "buffer is too small for requested array"


def _doubles(data):
    return np.frombuffer(data, np.float64)


def through_a_call():
    _doubles(bytes(12))  # error: [numpy-frombuffer] "buffer size must be a multiple of element size"


def count_in_a_name():
    count = 4
    np.frombuffer(bytes(12), dtype='f4', count=count)  # error: [numpy-frombuffer] "buffer is smaller than requested size"


def joined_bytes():
    data = b'12345' + b'678'
    np.frombuffer(data[1:], np.int16)  # error: [numpy-frombuffer] "buffer size must be a multiple of element size"


def packed():
    import struct

    record = struct.pack('<IH', 1, 2)
    np.frombuffer(record, np.uint32)  # error: [numpy-frombuffer] "buffer size must be a multiple of element size"


def counted_by_len():
    data = bytearray(8)
    count = len(data)
    np.frombuffer(data, np.uint16, count)  # error: [numpy-frombuffer] "buffer is smaller than requested size"
