from array import array


def longer():
    view = memoryview(bytearray(8))
    view[0:2] = b'abc'  # error: 5 [memoryview-assignment] "lvalue and rvalue have different structures"


def shorter():
    view = memoryview(bytearray(8))
    view[:] = b'1234567'  # error: [memoryview-assignment] "lvalue and rvalue have different structures"


def of_a_slice():
    half = memoryview(bytearray(8))[4:]
    half[:2] = bytes(4)  # error: [memoryview-assignment] "lvalue and rvalue have different structures"


def another_format():
    view = memoryview(array('i', [1, 2]))
    view[0:1] = b'abcd'  # error: [memoryview-assignment] "lvalue and rvalue have different structures"


def from_an_array():
    values = array('h', [1, 2])
    memoryview(bytearray(8))[0:4] = values  # error: [memoryview-assignment] "lvalue and rvalue have different structures"


def too_large():
    view = memoryview(bytearray(4))
    view[0] = 256  # error: [memoryview-assignment] "memoryview: invalid value for format 'B'"


def too_large_for_int():
    numbers = memoryview(bytearray(8)).cast('i')
    numbers[1] = 2**31  # error: [memoryview-assignment] "memoryview: invalid value for format 'i'"


def wrong_type():
    view = memoryview(bytearray(4))
    view[0] = b'a'  # error: [memoryview-assignment] "memoryview: invalid type for format 'B'"


def float_for_int():
    numbers = memoryview(bytearray(8)).cast('q')
    half = 1 / 2
    numbers[0] = half  # error: [memoryview-assignment] "memoryview: invalid type for format 'q'"


def text_for_a_slice():
    view = memoryview(bytearray(4))
    view[0:2] = 'ab'  # error: [memoryview-assignment] "a bytes-like object is required, not 'str'"


def list_for_a_slice():
    view = memoryview(bytearray(4))
    view[0:2] = [1, 2]  # error: [memoryview-assignment] "a bytes-like object is required, not 'list'"


def rows():
    grid = memoryview(bytearray(12)).cast('B', (3, 4))
    grid[0:1] = b'abcd'  # error: [memoryview-assignment] "memoryview slice assignments are currently restricted to ndim = 1"


def delete():
    view = memoryview(bytearray(4))
    del view[0]  # error: [memoryview-assignment] "cannot delete memory"


def _fill(view, data):
    view[:] = data


def through_a_call():
    _fill(memoryview(bytearray(4)), b'abc')  # error: [memoryview-assignment] "lvalue and rvalue have different structures"
