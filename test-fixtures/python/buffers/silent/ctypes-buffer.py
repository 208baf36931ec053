import ctypes


def exact():
    (ctypes.c_char * 4).from_buffer(bytearray(4))


def larger():
    ctypes.c_int.from_buffer(bytearray(100), 96)


def copy_of_bytes():
    ctypes.c_int.from_buffer_copy(b'abcd')


def writable_view():
    ctypes.c_int.from_buffer(memoryview(bytearray(8))[4:])


def computed_length():
    data = bytearray(24)
    (ctypes.c_double * (len(data) // 8)).from_buffer(data)


def structure():
    class Point(ctypes.Structure):
        _fields_ = [('x', ctypes.c_int), ('y', ctypes.c_double)]

    Point.from_buffer(bytearray(ctypes.sizeof(Point)))


def text_with_its_end():
    ctypes.create_string_buffer(b'abc')
    ctypes.create_string_buffer(b'abc', 3)


def size_alone():
    ctypes.create_string_buffer(16)


def grown():
    data = bytearray(2)
    data += bytes(6)
    ctypes.c_longlong.from_buffer(data)


def guarded():
    data = bytearray(2)
    if len(data) >= 4:
        ctypes.c_int.from_buffer(data)


def expected():
    try:
        ctypes.c_int.from_buffer(b'abcd')
    except TypeError:
        pass
