from array import array


def too_large():
    array('B', [1, 256])  # error: 20 [array-value] "unsigned byte integer is greater than maximum"


def negative():
    array('H', [-1])  # error: [array-value] "unsigned short is less than minimum"


def negative_int():
    array('I', [-1])  # error: [array-value] "can't convert negative value to unsigned int"


def too_large_for_int():
    array('i', (1, 2**31))  # error: [array-value] "signed integer is greater than maximum"


def too_large_for_long_long():
    array('q', [1 << 63])  # error: [array-value] "int too big to convert"


def float_in_an_int():
    array('i', [1, 2.5])  # error: [array-value] "'float' object cannot be interpreted as an integer"


def text():
    array('i', 'abc')  # error: [array-value] "cannot use a str to initialize an array with typecode 'i'"


def bytes_that_do_not_fit():
    array('i', b'123456')  # error: [array-value] "bytes length not a multiple of item size"


def append():
    values = array('b', [1])
    values.append(128)  # error: [array-value] "signed char is greater than maximum"


def store():
    values = array('B', [1, 2])
    values[0] = 300  # error: [array-value] "unsigned byte integer is greater than maximum"


def outside():
    values = array('i', [1, 2])
    values[2]  # error: [array-value] "array index out of range"


def frombytes():
    values = array('d')
    values.frombytes(bytes(12))  # error: [array-value] "bytes length not a multiple of item size"


def another_kind():
    values = array('i', [1])
    values.extend(array('h', [2]))  # error: [array-value] "can only extend with array of same kind"


def list_into_a_slice():
    values = array('i', [1, 2])
    values[0:1] = [5]  # error: [array-value] "can only assign array (not "list") to array slice"


def from_a_named_list():
    numbers = [1, 2, 70_000]
    array('H', numbers)  # error: [array-value] "unsigned short is greater than maximum"


def _make(values):
    return array('B', values)


def through_a_call():
    _make([1000])  # error: [array-value] "unsigned byte integer is greater than maximum"


def past_the_read_type():
    array('b', [2**20])  # error: [array-value] "signed short integer is greater than maximum"


def pop_of_an_empty_array():
    values = array('i')
    values.pop()  # error: [array-value] "pop from empty array"


def pop_outside():
    values = array('i', [1, 2])
    values.pop(2)  # error: [array-value] "pop index out of range"


def delete_outside():
    values = array('i', [1, 2])
    del values[5]  # error: [array-value] "array assignment index out of range"


def extended_slice():
    values = array('i', [1, 2, 3, 4])
    values[::2] = array('i', [1])  # error: [array-value] "attempt to assign array of size 1 to extended slice of size 2"


def byte():
    buffer = bytearray(4)
    buffer[0] = 256  # error: 17 [array-value] "byte must be in range(0, 256)"


def negative_byte():
    buffer = bytearray(4)
    buffer.append(-1)  # error: [array-value] "byte must be in range(0, 256)"


def bytes_of_a_list():
    bytes([72, 300])  # error: 16 [array-value] "bytes must be in range(0, 256)"


def byte_of_bytes():
    buffer = bytearray(4)
    buffer[1] = b'a'  # error: [array-value] "'bytes' object cannot be interpreted as an integer"


def byte_outside():
    buffer = bytearray(8)
    part = buffer[4:]
    part[4] = 1  # error: [array-value] "bytearray index out of range"


def byte_outside_of_bytes():
    magic = b'PK'
    magic[2]  # error: [array-value] "index out of range"


def extended_bytes():
    pixels = bytearray(12)
    pixels[::3] = bytes(3)  # error: [array-value] "attempt to assign bytes of size 3 to extended slice of size 4"


def number_into_a_slice():
    buffer = bytearray(4)
    buffer[0:2] = 7  # error: [array-value] "can assign only bytes, buffers, or iterables of ints in range(0, 256)"


def _put(buffer, value):
    buffer[0] = value


def byte_through_a_call():
    _put(bytearray(1), 0x1FF)  # error: [array-value] "byte must be in range(0, 256)"
