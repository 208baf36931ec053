import struct
from struct import unpack

POINT = struct.Struct('<dd')


def too_many_targets():
    x, y, z = struct.unpack('<Id', bytes(12))  # error: 5 [struct-targets] "not enough values to unpack (expected 3, got 2)"


def too_few_targets():
    a, b = unpack('<BBB', b'abc')  # error: [struct-targets] "too many values to unpack (expected 2)"


def one_in_brackets():
    (only,) = struct.unpack('<HH', bytes(4))  # error: [struct-targets] "too many values to unpack (expected 1)"


def list_of_targets():
    [a, b, c] = struct.unpack('<2H', bytes(4))  # error: [struct-targets] "not enough values to unpack (expected 3, got 2)"


def of_a_struct():
    x, y, z = POINT.unpack(bytes(16))  # error: [struct-targets] "not enough values to unpack (expected 3, got 2)"


def through_a_name():
    values = struct.unpack_from('<4B', bytes(8), 2)
    a, b, c = values  # error: [struct-targets] "too many values to unpack (expected 3)"


def text_is_one():
    a, b, c, d = struct.unpack('4s', b'abcd')  # error: [struct-targets] "not enough values to unpack (expected 4, got 1)"


def padding_is_none():
    flag, pad, size = struct.unpack('<BxH', bytes(4))  # error: [struct-targets] "not enough values to unpack (expected 3, got 2)"


def with_a_star():
    a, b, *rest, z = struct.unpack('<HH', bytes(4))  # error: [struct-targets] "not enough values to unpack (expected at least 3, got 2)"


def _read(data):
    return struct.unpack('<HH', data)


def through_a_call():
    a, b, c = _read(bytes(4))  # error: [struct-targets] "not enough values to unpack (expected 3, got 2)"


def of_an_attribute():
    layout = struct.Struct('<I')
    a, b = layout.unpack_from(memoryview(bytes(8))[4:])  # error: [struct-targets] "not enough values to unpack (expected 2, got 1)"


def values_in_a_name():
    values = struct.unpack('<II', bytes(8))
    a, b, c = values  # error: [struct-targets] "not enough values to unpack (expected 3, got 2)"


def joined_format():
    layout = '<' + 'HHH'
    a, b = unpack(layout, bytes(6))  # error: [struct-targets] "too many values to unpack (expected 2)"


def of_a_slice():
    data = memoryview(bytes(16))
    x, y = struct.unpack('<I', data[4:8])  # error: [struct-targets] "not enough values to unpack (expected 2, got 1)"


def struct_in_a_name():
    pair = struct.Struct('<BB')
    (only,) = pair.unpack(b'ab')  # error: [struct-targets] "too many values to unpack (expected 1)"


def rebound():
    layout = '<HH'
    layout = '<H'
    a, b = struct.unpack(layout, b'ab')  # error: [struct-targets] "not enough values to unpack (expected 2, got 1)"
