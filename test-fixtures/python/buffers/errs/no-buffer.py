import io
import struct


def text():
    memoryview('abc')  # error: 16 [no-buffer] "memoryview: a bytes-like object is required, not 'str'"


def list_of_numbers():
    memoryview([1, 2, 3])  # error: [no-buffer] "memoryview: a bytes-like object is required, not 'list'"


def number():
    size = 16
    memoryview(size)  # error: [no-buffer] "memoryview: a bytes-like object is required, not 'int'"


def nothing():
    memoryview(None)  # error: [no-buffer] "memoryview: a bytes-like object is required, not 'NoneType'"


def pair():
    pair = (1, 2)
    memoryview(pair)  # error: [no-buffer] "memoryview: a bytes-like object is required, not 'tuple'"


def file_in_memory():
    stream = io.BytesIO(b'abc')
    memoryview(stream)  # error: [no-buffer] "memoryview: a bytes-like object is required, not '_io.BytesIO'"


def plain_object():
    class Matrix:
        def __init__(self):
            self.buffer = bytearray(8)

    matrix = Matrix()
    memoryview(matrix)  # error: [no-buffer] "memoryview: a bytes-like object is required, not 'Matrix'"


def unpack_text():
    struct.unpack('<I', 'abcd')  # error: [no-buffer] "a bytes-like object is required, not 'str'"


def unpack_a_list():
    data = [1, 2, 3, 4]
    struct.unpack_from('<I', data)  # error: [no-buffer] "a bytes-like object is required, not 'list'"


def pack_into_text():
    struct.pack_into('<I', 'abcd', 0, 1)  # error: [no-buffer] "argument must be read-write bytes-like object, not str"


def _view(data):
    return memoryview(data)


def through_a_call():
    _view('abc')  # error: [no-buffer] "memoryview: a bytes-like object is required, not 'str'"


def range_of_numbers():
    numbers = range(10)
    memoryview(numbers)  # error: [no-buffer] "memoryview: a bytes-like object is required, not 'range'"
