import struct
from struct import Struct, calcsize


def unknown_code():
    struct.unpack('zz', b'ab')  # error: 20 [struct-format] "bad char in struct format"


def count_without_code():
    struct.calcsize('I4')  # error: [struct-format] "repeat count given without format specifier"


def in_a_constant():
    layout = '<I' + 'Y'
    struct.pack(layout, 1, 2)  # error: [struct-format] "bad char in struct format"


def native_only():
    struct.pack('<n', 1)  # error: [struct-format] "bad char in struct format"


def struct_class():
    Struct('<P')  # error: [struct-format] "bad char in struct format"


def keyword():
    Struct(format='i,i')  # error: [struct-format] "bad char in struct format"


def bytes_format():
    struct.calcsize(b'<k')  # error: [struct-format] "bad char in struct format"


def prefix_behind():
    calcsize('I<')  # error: [struct-format] "bad char in struct format"


def blank_after_count():
    struct.unpack('4 s', b'abcd')  # error: [struct-format] "bad char in struct format"


def through_a_name():
    import struct as s

    code = 'a'
    layout = code
    s.iter_unpack(layout, b'')  # error: [struct-format] "bad char in struct format"


def _calcsize(layout):
    return struct.calcsize(layout)


def through_a_call():
    _calcsize('J')  # error: [struct-format] "bad char in struct format"


def too_long():
    struct.calcsize('9223372036854775807Q')  # error: [struct-format] "total struct size too long"


LAYOUT = '<hn'


def of_a_constant():
    calcsize(LAYOUT)  # error: [struct-format] "bad char in struct format"


def joined_in_a_name():
    layout = '<' + 'HH' + 'u'
    Struct(layout)  # error: [struct-format] "bad char in struct format"


def rebound():
    layout = 'I'
    layout = 'I?k'
    struct.pack(layout, 1, True, 2)  # error: [struct-format] "bad char in struct format"


def unpacked():
    layout, size = '>w', 4
    struct.unpack(layout, bytes(size))  # error: [struct-format] "bad char in struct format"


def in_a_default():
    def size(layout='3'):
        return calcsize(layout)

    name = '3'
    calcsize(name)  # error: [struct-format] "repeat count given without format specifier"


def of_a_struct_in_a_name():
    layout = 'I<H'
    header = struct.Struct(layout)  # error: [struct-format] "bad char in struct format"
    return header
