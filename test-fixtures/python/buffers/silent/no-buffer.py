import io
import struct
from array import array


def of_bytes():
    memoryview(b'abc')


def of_a_bytearray():
    memoryview(bytearray(3))


def of_an_array():
    memoryview(array('d', [1.0]))


def of_a_view():
    memoryview(memoryview(b'abc'))


def encoded():
    memoryview('abc'.encode())


def of_the_buffer():
    memoryview(io.BytesIO(b'abc').getbuffer())


def copied():
    memoryview(bytes([1, 2, 3]))


def unpack_a_view():
    struct.unpack('<I', memoryview(bytes(4)))


def subclass():
    class Data(bytearray):
        pass

    memoryview(Data(b'abc'))


def rebound():
    data = 'abc'
    data = data.encode()
    memoryview(data)


def guarded():
    data = 'abc'
    if isinstance(data, str):
        data = data.encode()
    memoryview(data)


def shadowed():
    def memoryview(data):
        return data

    memoryview('abc')


def expected():
    try:
        memoryview('abc')
    except TypeError:
        pass
