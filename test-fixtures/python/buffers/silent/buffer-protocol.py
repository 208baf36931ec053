# python: 3.12


def _use(matrix):
    return matrix


def with_flags():
    class Matrix:
        def __buffer__(self, flags):
            return memoryview(b'abc')

    _use(Matrix())


def annotated():
    class Matrix:
        def __buffer__(self, flags: int, /) -> memoryview:
            return memoryview(b'abc')

    _use(Matrix())


def with_more():
    class Matrix:
        def __buffer__(self, *args):
            return memoryview(b'abc')

    _use(Matrix())


def with_a_preset():
    class Matrix:
        def __buffer__(self, flags, order='C'):
            return memoryview(b'abc')

    _use(Matrix())


def releasing():
    class Matrix:
        def __buffer__(self, flags):
            return memoryview(b'abc')

        def __release_buffer__(self, buffer):
            buffer.release()

    _use(Matrix())


def cast():
    class Matrix:
        def __init__(self):
            self.format = 'd'
            self.buffer = bytearray(8)

        def __buffer__(self, flags):
            return memoryview(self.buffer).cast(self.format)

    _use(Matrix())


def without_a_format():
    class Matrix:
        def __init__(self):
            self.buffer = bytearray(8)

        def __buffer__(self, flags):
            return memoryview(self.buffer)

    _use(Matrix())


def of_an_array():
    from array import array

    class Matrix:
        def __init__(self):
            self.format = 'd'
            self.buffer = array('d', [1.0])

        def __buffer__(self, flags):
            return memoryview(self.buffer)

    _use(Matrix())


def static():
    class Matrix:
        @staticmethod
        def __buffer__(flags):
            return memoryview(b'abc')

    _use(Matrix())


def other_names():
    class Matrix:
        def getbuffer(self):
            return memoryview(b'abc')

        def buffer(self):
            return b'abc'

    _use(Matrix())


def inherited():
    class Matrix(bytearray):
        pass

    memoryview(Matrix(b'abc'))
