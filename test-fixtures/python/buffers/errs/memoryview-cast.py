from array import array


def course():
    matrix = array('i', range(12))
    view = memoryview(matrix)
    view.cast('i', shape=(3, 4))  # error: 5 [memoryview-cast] "cannot cast between two non-byte formats"


def two_casts():
    memoryview(bytearray(16)).cast('q').cast('i')  # error: [memoryview-cast] "cannot cast between two non-byte formats"


def of_an_array():
    memoryview(array('d', [1.0])).cast('Q')  # error: [memoryview-cast] "cannot cast between two non-byte formats"


def of_unknown_length():
    values = array('h', [each for each in range(8)])
    memoryview(values).cast('i')  # error: [memoryview-cast] "cannot cast between two non-byte formats"


def with_a_prefix():
    memoryview(bytes(8)).cast('<i')  # error: [memoryview-cast] "destination format must be a native single character format"


def two_codes():
    memoryview(bytes(8)).cast('ii')  # error: [memoryview-cast] "destination format must be a native single character format"


def half():
    memoryview(bytes(8)).cast('e')  # error: [memoryview-cast] "destination format must be a native single character format"


def not_a_multiple():
    view = memoryview(bytearray(10))
    view.cast('d')  # error: [memoryview-cast] "length is not a multiple of itemsize"


def of_a_slice():
    view = memoryview(bytearray(16))[1:]
    view.cast('q')  # error: [memoryview-cast] "length is not a multiple of itemsize"


def every_second():
    view = memoryview(bytearray(16))[::2]
    view.cast('h')  # error: [memoryview-cast] "casts are restricted to C-contiguous views"


def backwards():
    view = memoryview(bytearray(16))[::-1]
    view.cast('B')  # error: [memoryview-cast] "casts are restricted to C-contiguous views"


def product():
    memoryview(bytes(24)).cast('B', [5, 5])  # error: [memoryview-cast] "product(shape) * itemsize != buffer size"


def many_to_many():
    grid = memoryview(bytes(24)).cast('B', (4, 6))
    grid.cast('B', (6, 4))  # error: [memoryview-cast] "cast must be 1D -> ND or ND -> 1D"


def zero_in_shape():
    memoryview(bytes(24)).cast('B', (0, 24))  # error: [memoryview-cast] "elements of shape must be integers > 0"


def float_in_shape():
    shape = [2.0, 12]
    memoryview(bytes(24)).cast('B', shape)  # error: [memoryview-cast] "elements of shape must be integers"


def _as_doubles(view):
    return view.cast('d')


def through_a_call():
    _as_doubles(memoryview(bytes(12)))  # error: [memoryview-cast] "length is not a multiple of itemsize"
