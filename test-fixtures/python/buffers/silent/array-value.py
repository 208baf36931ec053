from array import array


def edges():
    array('B', [0, 255])
    array('b', [-128, 127])


def wide_edges():
    array('q', [-(2**63), 2**63 - 1])


def integer_in_a_float():
    array('d', [1, True])


def bool_in_an_int():
    array('i', [True])


def bytes_that_fit():
    array('i', b'12345678')


def from_a_range():
    array('i', range(300))


def from_another_kind():
    array('i', array('h', [1]))


def changed_list():
    numbers = [1, 2, 300]
    numbers[2] = 3
    array('B', numbers)


def popped_list():
    numbers = [1, 300]
    numbers.pop()
    array('B', numbers)


def inside_after_append():
    values = array('i', [1, 2])
    values.append(3)
    values[2]


def masked():
    array('B', [300 & 0xFF])


def with_index():
    class Index:
        def __index__(self):
            return 7

    array('B', [Index()])


def extended_by_a_list():
    values = array('B', [1])
    values.extend([2, 3])


def expected():
    try:
        array('B', [256])
    except OverflowError:
        pass
