import numpy as np
from numpy.lib.stride_tricks import as_strided


def windows():
    array = np.arange(10)
    as_strided(array, shape=(8, 3), strides=(8, 8))


def repeated():
    as_strided(np.zeros(3), (5, 3), (0, 8))


def diagonal():
    as_strided(np.zeros((4, 4)), (4,), (40,))


def own_strides():
    array = np.zeros((4, 4), np.uint8)
    as_strided(array, (2, 4), array.strides)


def nothing():
    as_strided(np.zeros(3), (0, 100), (8, 8))


def of_a_slice():
    array = np.arange(10)
    as_strided(array[2:], (4, 5), (8, 8))


def into_what_is_before():
    array = np.arange(10)
    as_strided(array[9:], (10,), (-8,))


def computed():
    array = np.arange(10)
    size = 3
    as_strided(array, (array.size - size + 1, size), array.strides * 2)


def every_second():
    as_strided(np.arange(10), (5,), (16,))


def unknown_dtype():
    array = np.loadtxt(['1', '2', '3'])
    as_strided(array, (2, 2), (8, 8))


def another_function():
    def as_strided(array, shape, strides):
        return array

    as_strided(np.zeros(3), (5,), (8,))
