import numpy as np


def too_few():
    np.zeros(6).reshape(4)  # error: 5 [numpy-reshape] "cannot reshape array of size 6 into shape (4,)"


def two_axes():
    np.arange(6).reshape(4, 2)  # error: [numpy-reshape] "cannot reshape array of size 6 into shape (4,2)"


def as_a_tuple():
    shape = (5, 5)
    np.ones(24).reshape(shape)  # error: [numpy-reshape] "cannot reshape array of size 24 into shape (5,5)"


def not_a_divisor():
    np.zeros((2, 3)).reshape(4, -1)  # error: [numpy-reshape] "cannot reshape array of size 6 into shape (4,newaxis)"


def two_unknown():
    np.zeros((2, 3)).reshape(-1, -1)  # error: [numpy-reshape] "can only specify one unknown dimension"


def function():
    np.reshape(np.zeros(6), (5,))  # error: [numpy-reshape] "cannot reshape array of size 6 into shape (5,)"


def of_a_slice():
    half = np.arange(24)[:12]
    half.reshape(4, 6)  # error: [numpy-reshape] "cannot reshape array of size 12 into shape (4,6)"


def of_a_list():
    np.array([1, 2, 3, 4]).reshape(3, 2)  # error: [numpy-reshape] "cannot reshape array of size 4 into shape (3,2)"


def of_a_buffer():
    pixels = np.frombuffer(bytes(100), np.uint8)
    pixels.reshape(10, 10, 3)  # error: [numpy-reshape] "cannot reshape array of size 100 into shape (10,10,3)"


def shape_attribute():
    array = np.zeros(3)
    array.shape = (2, 2)  # error: [numpy-reshape] "cannot reshape array of size 3 into shape (2,2)"


def in_place_of_a_transposed():
    array = np.zeros((3, 4)).T
    array.shape = (12,)  # error: [numpy-reshape] "Incompatible shape for in-place modification"


def axes():
    np.zeros((2, 3)).transpose(1)  # error: [numpy-reshape] "axes don't match array"


def _square(array):
    return array.reshape(3, 3)


def through_a_call():
    _square(np.arange(10))  # error: [numpy-reshape] "cannot reshape array of size 10 into shape (3,3)"


def swapped_axes():
    row = np.arange(3)
    row.swapaxes(0, 1)  # error: [numpy-reshape] "axis2: axis 1 is out of bounds for array of dimension 1"
