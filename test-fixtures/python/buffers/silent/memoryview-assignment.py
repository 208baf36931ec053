from array import array


def exact():
    memoryview(bytearray(8))[0:2] = b'ab'


def whole():
    memoryview(bytearray(4))[:] = bytearray(4)


def every_second():
    memoryview(bytearray(8))[::2] = b'abcd'


def past_the_end():
    memoryview(bytearray(4))[2:100] = b'ab'


def same_format():
    view = memoryview(array('i', [1, 2]))
    view[0:1] = array('i', [5])


def cast_first():
    view = memoryview(array('i', [1, 2])).cast('B')
    view[0:4] = b'abcd'


def edges():
    view = memoryview(bytearray(4))
    view[0] = 255
    view.cast('b')[1] = -128


def integer_for_a_float():
    memoryview(bytearray(8)).cast('d')[0] = 1


def anything_is_true():
    memoryview(bytearray(1)).cast('?')[0] = 'x'


def one_char():
    memoryview(bytearray(4)).cast('c')[0] = b'a'


def both_axes():
    memoryview(bytearray(12)).cast('B', (3, 4))[1, 2] = 7


def unknown_length():
    data = bytes(each for each in range(2))
    memoryview(bytearray(4))[0:2] = data


def guarded():
    view = memoryview(bytearray(4))
    data = b'abcdef'
    if len(data) <= len(view):
        view[:] = data


def expected():
    try:
        memoryview(bytearray(4))[:] = b'a'
    except ValueError:
        pass
