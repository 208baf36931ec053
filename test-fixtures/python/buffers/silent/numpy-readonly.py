import numpy as np


def of_a_bytearray():
    array = np.frombuffer(bytearray(b'abc'), np.uint8)
    array[0] = 1


def copied():
    array = np.frombuffer(b'abc', np.uint8).copy()
    array += 1


def converted():
    array = np.frombuffer(b'abc', np.uint8).astype(np.uint16)
    array[0] = 1


def new_result():
    array = np.frombuffer(b'abc', np.uint8)
    array = array + 1
    array[0] = 1


def made_from_it():
    array = np.array(np.frombuffer(b'abc', np.uint8))
    array[0] = 1


def as_array_of_a_writable_view():
    array = np.asarray(memoryview(bytearray(b'abc')))
    array[0] = 1


def flag_set_again():
    array = np.zeros(3)
    array.setflags(write=False)
    array.setflags(write=True)
    array[0] = 1


def guarded():
    array = np.frombuffer(b'abc', np.uint8)
    if array.flags.writeable:
        array[0] = 1


def rebound():
    array = np.frombuffer(b'abc', np.uint8)
    array = np.zeros(3)
    array[0] = 1


def another_out():
    array = np.frombuffer(b'abc', np.uint8)
    result = np.empty(3)
    np.multiply(array, 1.5, out=result)


def fancy_copy():
    array = np.frombuffer(b'abc', np.uint8)[[0, 1]]
    array[0] = 1


def expected():
    array = np.frombuffer(b'abc', np.uint8)
    try:
        array[0] = 1
    except ValueError:
        pass
