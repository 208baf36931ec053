import struct


def edges():
    struct.pack('<bBhH', -128, 255, -32768, 65535)


def long_edges():
    struct.pack('<iIqQ', -(2**31), 2**32 - 1, -(2**63), 2**64 - 1)


def bool_is_a_number():
    struct.pack('<Bd', True, False)


def integer_for_a_float():
    struct.pack('<fd', 1, 2)


def anything_is_true():
    struct.pack('<???', 'x', None, 5)


def native_float_overflows():
    struct.pack('f', 1e40)


def text_is_cut():
    struct.pack('3s', b'abcdef')


def bytearray_for_text():
    struct.pack('3s', bytearray(b'abc'))


def pointer():
    struct.pack('P', -1)


def masked():
    struct.pack('B', 300 & 0xFF)


def with_index():
    class Index:
        def __index__(self):
            return 7

    struct.pack('B', Index())


def guarded():
    value = 300
    if value <= 255:
        struct.pack('B', value)


def changed():
    value = 300
    value -= 100
    struct.pack('B', value)


def half_rounds_down():
    struct.pack('<e', 65519.0)
