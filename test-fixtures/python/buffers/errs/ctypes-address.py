import ctypes
from array import array
from ctypes import addressof, byref


def course():
    buffer = bytearray(8)
    ctypes.addressof(buffer)  # error: 22 [ctypes-address] "invalid type"


def of_bytes():
    addressof(b'abc')  # error: [ctypes-address] "invalid type"


def of_a_view():
    addressof(memoryview(bytearray(3)))  # error: [ctypes-address] "invalid type"


def of_an_array():
    values = array('i', [1])
    addressof(values)  # error: [ctypes-address] "invalid type"


def of_a_type():
    addressof(ctypes.c_int)  # error: [ctypes-address] "invalid type"


def reference():
    byref(bytearray(3))  # error: [ctypes-address] "byref() argument must be a ctypes instance, not 'bytearray'"


def reference_to_a_number():
    size = 16
    byref(size)  # error: [ctypes-address] "byref() argument must be a ctypes instance, not 'int'"


def pointer():
    ctypes.pointer(b'abc')  # error: [ctypes-address] "_type_ must have storage info"


def size():
    data = bytearray(3)
    ctypes.sizeof(data)  # error: [ctypes-address] "this type has no size"


def of_a_slice():
    data = bytearray(8)
    addressof(data[4:])  # error: [ctypes-address] "invalid type"


def _address(data):
    return ctypes.addressof(data)


def through_a_call():
    _address(bytearray(8))  # error: [ctypes-address] "invalid type"


class _Matrix:
    def __init__(self):
        self.memory = bytearray(8)

    def address(self):
        return ctypes.addressof(self.memory)  # error: [ctypes-address] "invalid type"


def of_an_attribute():
    try:
        _Matrix().address()
    except TypeError as error:
        assert str(error) == 'invalid type'
    else:
        raise AssertionError
