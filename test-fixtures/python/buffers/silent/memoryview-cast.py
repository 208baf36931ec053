from array import array


def by_way_of_bytes():
    matrix = array('i', range(12))
    memoryview(matrix).cast('B').cast('i', shape=[3, 4])


def to_bytes():
    memoryview(array('d', [1.0])).cast('B')


def to_chars():
    memoryview(array('d', [1.0])).cast('c')


def from_signed_bytes():
    memoryview(array('b', [1, 2, 3, 4])).cast('i')


def native_prefix():
    memoryview(bytes(8)).cast('@i')


def one_third():
    data = bytes([0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xD5, 0x3F])
    view = memoryview(data)
    view.cast('d')


def slice_of_the_right_size():
    view = memoryview(bytearray(20))[4:]
    view.cast('q')


def step_of_one():
    memoryview(bytearray(16))[::1].cast('h')


def one_item_backwards():
    memoryview(b'a')[::-1].cast('B')


def empty():
    memoryview(b'').cast('d')


def no_axes():
    memoryview(b'a').cast('B', [])


def back_to_one_axis():
    memoryview(bytes(24)).cast('B', (4, 6)).cast('B')


def guarded():
    view = memoryview(bytearray(10))
    if view.nbytes % 8 == 0:
        view.cast('d')


def guarded_by_format():
    view = memoryview(array('i', [1, 2]))
    if view.format in 'Bbc':
        view.cast('d')


def resized():
    buffer = bytearray(10)
    buffer += bytes(6)
    memoryview(buffer).cast('d')


def another_cast():
    from typing import cast

    cast('int', 3)


def expected():
    try:
        memoryview(bytes(10)).cast('d')
    except TypeError:
        pass
