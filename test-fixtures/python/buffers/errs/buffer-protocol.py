# python: 3.11
import struct


def _refused(matrix):
    try:
        memoryview(matrix)
    except TypeError as error:
        return 'a bytes-like object is required' in str(error)
    return False


def _refuses_flags(matrix):
    try:
        matrix.__buffer__(0)
    except TypeError:
        return True
    return False


def before_312():
    class Matrix:
        def __init__(self):
            self.buffer = bytearray(8)

        # warning: 13 [buffer-protocol] "__buffer__ is asked for from Python 3.12 on (PEP 688)"
        def __buffer__(self, flags):
            return memoryview(self.buffer)

    matrix = Matrix()
    memoryview(matrix)  # error: 16 [buffer-protocol] "memoryview: a bytes-like object is required, not 'Matrix'"


def given_to_a_function():
    class Matrix:
        # warning: [buffer-protocol] "__buffer__ is asked for from Python 3.12 on (PEP 688)"
        def __buffer__(self, flags):
            return memoryview(b'abc')

    assert _refused(Matrix())


def of_c():
    class Matrix:
        # warning: [buffer-protocol] "Python never calls __getbuffer__"
        def __getbuffer__(self, view, flags):
            raise AssertionError

    assert _refused(Matrix())


def released_in_c():
    class Matrix:
        # warning: [buffer-protocol] "Python never calls __releasebuffer__"
        def __releasebuffer__(self, view):
            raise AssertionError

    assert _refused(Matrix())


def release():
    class Matrix:
        # warning: [buffer-protocol] "__release_buffer__ is asked for from Python 3.12 on (PEP 688)"
        def __release_buffer__(self, buffer):
            pass

    assert _refused(Matrix())


# warning: [buffer-protocol] "__buffer__ stands outside of a class"
def __buffer__(self, flags):
    return memoryview(self.buffer)


# warning: [buffer-protocol] "Python never calls __getbuffer__"
def __getbuffer__(self, view, flags):
    raise AssertionError


# warning: [buffer-protocol] "__release_buffer__ stands outside of a class"
def __release_buffer__(self, buffer):
    raise AssertionError


def outside():
    class Matrix:
        pass

    assert _refused(Matrix())


def no_flags():
    class Matrix:
        # warning: [buffer-protocol] "__buffer__ is called with self and flags, and takes 1 argument"
        def __buffer__(self):
            return memoryview(b'abc')

    assert _refuses_flags(Matrix())


def too_many():
    class Matrix:
        # warning: [buffer-protocol] "__buffer__ is called with self and flags, and takes 3 arguments"
        def __buffer__(self, view, flags):
            return memoryview(b'abc')

    assert _refuses_flags(Matrix())


def through_a_name():
    class Matrix:
        # warning: [buffer-protocol] "__buffer__ is asked for from Python 3.12 on (PEP 688)"
        def __buffer__(self, flags):
            return memoryview(b'abc')

    first = Matrix()
    second = first
    memoryview(second)  # error: [buffer-protocol] "memoryview: a bytes-like object is required, not 'Matrix'"


def _view(data):
    return memoryview(data)


def through_a_call():
    class Matrix:
        # warning: [buffer-protocol] "__buffer__ is asked for from Python 3.12 on (PEP 688)"
        def __buffer__(self, flags):
            return memoryview(b'abc')

    _view(Matrix())  # error: [buffer-protocol] "memoryview: a bytes-like object is required, not 'Matrix'"
