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


def byte_edges():
    buffer = bytearray(2)
    buffer[0], buffer[-1] = 0, 255
    bytes([0, 255])


def byte_of_a_bool():
    bytearray(1)[0] = True


def masked_byte():
    buffer = bytearray(1)
    buffer[0] = 0x1FF & 0xFF


def extended_slice_of_bytes():
    pixels = bytearray(12)
    pixels[::3] = bytes(4)
    pixels[::3] = b''


def grown_bytes():
    buffer = bytearray(1)
    buffer.extend(range(3))
    buffer[3] = 1


def slice_of_a_list():
    buffer = bytearray(4)
    buffer[0:1] = [1, 2, 3]
    buffer[5] = 1


def popped():
    values = array('i', [1])
    values.append(2)
    values.pop(1)


def guarded():
    buffer = bytearray(0)
    if buffer:
        buffer.pop()


def deleted_in_a_loop():
    values = array('i', [1, 2, 3])
    while values:
        del values[0]


def expected_byte():
    try:
        bytes([256])
    except ValueError:
        pass
