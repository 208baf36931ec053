import ctypes


def read_only():
    (ctypes.c_char * 4).from_buffer(b'abcd')  # error: 5 [ctypes-buffer] "underlying buffer is not writable"


def read_only_view():
    view = memoryview(bytes(8))
    ctypes.c_int.from_buffer(view)  # error: [ctypes-buffer] "underlying buffer is not writable"


def too_small():
    ctypes.c_int.from_buffer(bytearray(2))  # error: [ctypes-buffer] "Buffer size too small (2 instead of at least 4 bytes)"


def array_too_long():
    data = bytearray(10)
    (ctypes.c_double * 2).from_buffer(data)  # error: [ctypes-buffer] "Buffer size too small (10 instead of at least 16 bytes)"


def behind_an_offset():
    (ctypes.c_char * 4).from_buffer(bytearray(8), 5)  # error: [ctypes-buffer] "Buffer size too small (8 instead of at least 9 bytes)"


def negative_offset():
    ctypes.c_int.from_buffer(bytearray(8), -1)  # error: [ctypes-buffer] "offset cannot be negative"


def copy_too_small():
    ctypes.c_longlong.from_buffer_copy(bytes(4))  # error: [ctypes-buffer] "Buffer size too small (4 instead of at least 8 bytes)"


def of_a_slice():
    view = memoryview(bytearray(8))[6:]
    ctypes.c_int32.from_buffer(view)  # error: [ctypes-buffer] "Buffer size too small (2 instead of at least 4 bytes)"


def with_gaps():
    view = memoryview(bytearray(8))[::2]
    ctypes.c_int.from_buffer(view)  # error: [ctypes-buffer] "underlying buffer is not C contiguous"


def structure_on_bytes():
    class Point(ctypes.Structure):
        _fields_ = [('x', ctypes.c_int)]

    Point.from_buffer(bytes(4))  # error: [ctypes-buffer] "underlying buffer is not writable"


def long_text():
    ctypes.create_string_buffer(b'abc', 2)  # error: [ctypes-buffer] "byte string too long"


def _numbers(data):
    return (ctypes.c_int * 4).from_buffer(data)


def through_a_call():
    _numbers(bytearray(12))  # error: [ctypes-buffer] "Buffer size too small (12 instead of at least 16 bytes)"


def type_in_a_name():
    quad = ctypes.c_int * 4
    buffer = bytearray(12)
    quad.from_buffer(buffer)  # error: [ctypes-buffer] "Buffer size too small (12 instead of at least 16 bytes)"


def cast_of_bytes():
    view = memoryview(b'12345678').cast('I')
    ctypes.c_uint.from_buffer(view)  # error: [ctypes-buffer] "underlying buffer is not writable"


def half_of_a_buffer():
    half = memoryview(bytearray(8))[4:]
    ctypes.c_double.from_buffer(half)  # error: [ctypes-buffer] "Buffer size too small (4 instead of at least 8 bytes)"
