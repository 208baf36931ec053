import numpy as np


def exact():
    np.frombuffer(bytearray(24), np.float64)


def empty():
    np.frombuffer(b'', dtype='i4')


def counted():
    np.frombuffer(bytes(10), dtype='i4', count=2)


def counted_behind_an_offset():
    np.frombuffer(bytes(10), np.int32, 2, 2)


def at_the_end():
    np.frombuffer(b'12345678', dtype='i4', offset=8)


def course():
    buffer = bytearray(20)
    array = np.frombuffer(buffer, dtype=np.int32)
    array[0] = 42


def cut_to_size():
    data = bytes(21)
    np.frombuffer(data[: len(data) // 4 * 4], np.int32)


def bytes_of_any_length():
    np.frombuffer(bytes(7), np.uint8)


def guarded():
    data = bytes(9)
    if len(data) % 8 == 0:
        np.frombuffer(data)


def structured():
    np.frombuffer(bytes(12), dtype=[('a', '<i4'), ('b', '<f8')])


def resized():
    buffer = bytearray(9)
    buffer += bytes(7)
    np.frombuffer(buffer)


def expected():
    try:
        np.frombuffer(b'abc')
    except ValueError:
        pass
