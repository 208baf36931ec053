import struct

BYTE = struct.Struct('B')
LIMIT = 255


def unsigned_byte():
    struct.pack('B', 300)  # error: 22 [struct-value] "ubyte format requires 0 <= number <= 255"


def negative():
    struct.pack('<H', -1)  # error: [struct-value] "ushort format requires 0 <= number <= 65535"


def signed():
    struct.pack('<i', 2**31)  # error: [struct-value] "'i' format requires -2147483648 <= number <= 2147483647"


def beyond_long():
    struct.pack('<Q', 1 << 64)  # error: [struct-value] "argument out of range"


def negative_unsigned():
    struct.pack('>I', -5)  # error: [struct-value] "argument out of range"


def text_for_a_number():
    struct.pack('<I', '1')  # error: [struct-value] "required argument is not an integer"


def float_for_an_integer():
    struct.pack('<I', 1.0)  # error: [struct-value] "required argument is not an integer"


def text_for_bytes():
    name = 'strata'
    struct.pack('8s', name)  # error: [struct-value] "argument for 's' must be a bytes object"


def text_for_a_float():
    struct.pack('<d', 'pi')  # error: [struct-value] "required argument is not a float"


def two_bytes_for_a_char():
    struct.pack('c', b'ab')  # error: [struct-value] "char format requires a bytes object of length 1"


def half():
    struct.pack('<e', 70000.0)  # error: [struct-value] "float too large to pack with e format"


def single():
    struct.pack('<f', 1e40)  # error: [struct-value] "float too large to pack with f format"


def through_a_name():
    value = LIMIT + 1
    BYTE.pack(value)  # error: [struct-value] "ubyte format requires 0 <= number <= 255"


def into_a_buffer():
    buffer = bytearray(4)
    struct.pack_into('<bb', buffer, 2, 1, 128)  # error: [struct-value] "byte format requires -128 <= number <= 127"


def _store(value):
    return struct.pack('<h', value)


def through_a_call():
    _store(40_000)  # error: [struct-value] "short format requires -32768 <= number <= 32767"


def none():
    struct.pack('<q', None)  # error: [struct-value] "required argument is not an integer"


def computed():
    value = 1 << 16
    struct.pack('<H', value)  # error: [struct-value] "ushort format requires 0 <= number <= 65535"


def unpacked():
    low, high = 0, 70_000
    struct.pack('<HH', low, high)  # error: [struct-value] "ushort format requires 0 <= number <= 65535"


def struct_in_a_name():
    pair = struct.Struct('<bb')
    pair.pack(1, 128)  # error: [struct-value] "byte format requires -128 <= number <= 127"


def layout_in_a_name():
    layout = '>I'
    struct.pack(layout, -1)  # error: [struct-value] "argument out of range"


def into_a_slice():
    view = memoryview(bytearray(8))[4:]
    struct.pack_into('B', view, 0, 256)  # error: [struct-value] "ubyte format requires 0 <= number <= 255"


def rebound():
    value = 255
    value += 1
    struct.pack('B', value)  # error: [struct-value] "ubyte format requires 0 <= number <= 255"


def text_in_a_name():
    name = 'strata'
    struct.pack('8s', name)  # error: [struct-value] "argument for 's' must be a bytes object"


def length_of_bytes():
    data = bytes(300)
    size = len(data)
    struct.pack('<B', size)  # error: [struct-value] "ubyte format requires 0 <= number <= 255"
