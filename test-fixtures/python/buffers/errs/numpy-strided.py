import numpy as np
from numpy.lib.stride_tricks import as_strided

byte_bounds = np.lib.array_utils.byte_bounds


def _is_outside(view, array):
    (start, end), (low, high) = byte_bounds(view), byte_bounds(array)
    return start < low or end > high


def longer():
    array = np.zeros(3)
    # warning: 12 [numpy-strided] "16 bytes past the end of the array's memory"
    view = as_strided(array, (5,), (8,))
    assert _is_outside(view, array)


def one_window_too_many():
    array = np.arange(10)
    # warning: [numpy-strided] "8 bytes past the end"
    view = as_strided(array, shape=(9, 3), strides=(8, 8))
    assert _is_outside(view, array)


def backwards():
    array = np.arange(4)
    # warning: [numpy-strided] "24 bytes before the array's memory"
    view = as_strided(array, (4,), (-8,))
    assert _is_outside(view, array)


def strides_in_items():
    array = np.zeros((4, 4), np.uint8)
    # warning: [numpy-strided] "past the end"
    view = as_strided(array, (4, 4), (8, 1))
    assert _is_outside(view, array)


def of_a_slice():
    array = np.arange(10)
    half = array[5:]
    # warning: [numpy-strided] "8 bytes past the end"
    view = as_strided(half, (6,), (8,))
    assert _is_outside(view, array)


def of_a_buffer():
    array = np.frombuffer(bytearray(16), np.uint8)
    shape = (4, 5)
    # warning: [numpy-strided] "1 bytes past the end"
    view = as_strided(array, shape, (4, 1))
    assert _is_outside(view, array)


def shape_alone():
    array = np.zeros(4, 'f4')
    # warning: [numpy-strided] "past the end"
    view = as_strided(array, shape=(8,))
    assert _is_outside(view, array)


def strides_alone():
    array = np.zeros(4)
    # warning: [numpy-strided] "past the end"
    view = as_strided(array, strides=(16,))
    assert _is_outside(view, array)


def through_the_module():
    array = np.zeros(8, np.int16)
    # warning: [numpy-strided] "2 bytes past the end"
    view = np.lib.stride_tricks.as_strided(array, (3, 4), (5, 2))
    assert _is_outside(view, array)


def other_name():
    array = np.arange(6)
    same = array
    # warning: [numpy-strided] "past the end"
    view = as_strided(same, (2, 4), (24, 8))
    assert _is_outside(view, array)
