import ctypes


def of_a_number():
    ctypes.addressof(ctypes.c_int(3))


def of_an_array():
    ctypes.addressof((ctypes.c_int * 3)())


def over_a_buffer():
    data = bytearray(8)
    ctypes.addressof((ctypes.c_char * len(data)).from_buffer(data))


def reference():
    ctypes.byref(ctypes.c_double(1.0))


def pointer():
    ctypes.pointer(ctypes.c_int(3))


def size_of_a_type():
    ctypes.sizeof(ctypes.c_int)
    ctypes.sizeof(ctypes.c_int * 3)


def structure():
    class Point(ctypes.Structure):
        _fields_ = [('x', ctypes.c_int)]

    ctypes.addressof(Point())


def string_buffer():
    ctypes.addressof(ctypes.create_string_buffer(16))


def rebound():
    data = bytearray(8)
    data = ctypes.c_int(3)
    ctypes.addressof(data)


def another_function():
    def addressof(data):
        return id(data)

    addressof(bytearray(3))


def expected():
    try:
        ctypes.addressof(bytearray(3))
    except TypeError:
        pass
