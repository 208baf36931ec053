import array
from array import array as Array


def unknown():
    array.array('x', [1])  # error: 17 [array-typecode] "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)"


def two_letters():
    array.array('ii', [1])  # error: [array-typecode] "array() argument 1 must be a unicode character, not str"


def of_struct():
    Array('e')  # error: [array-typecode] "bad typecode"


def of_numpy():
    Array('f8', [1.0])  # error: [array-typecode] "array() argument 1 must be a unicode character, not str"


def little_endian():
    Array('<i', [1])  # error: [array-typecode] "array() argument 1 must be a unicode character, not str"


def empty():
    Array('')  # error: [array-typecode] "array() argument 1 must be a unicode character, not str"


def through_a_name():
    code = 'S'
    Array(code, b'abc')  # error: [array-typecode] "bad typecode"


def joined():
    code = 'u' + 'i'
    Array(code)  # error: [array-typecode] "array() argument 1 must be a unicode character, not str"


def _make(code):
    return Array(code, [1, 2])


def through_a_call():
    _make('c')  # error: [array-typecode] "bad typecode"


def bool_code():
    code = '?'
    array.array(code, [True])  # error: [array-typecode] "bad typecode"


def imported_inside():
    from array import array as make

    make('n', [1])  # error: [array-typecode] "bad typecode"


CODE = 'k'


def of_a_constant():
    array.array(CODE)  # error: [array-typecode] "bad typecode"


def sliced_code():
    codes = 'xyz'
    first = codes[0] if False else 'x'
    array.array(first)  # error: [array-typecode] "bad typecode"


def rebound_code():
    code = 'i'
    code = 'e'
    array.array(code, [1])  # error: [array-typecode] "bad typecode"


def unpacked_code():
    code, size = 's', 4
    array.array(code, bytes(size))  # error: [array-typecode] "bad typecode"
