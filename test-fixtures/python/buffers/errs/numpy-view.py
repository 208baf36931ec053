import numpy as np


def not_a_divisor():
    np.zeros((2, 3), 'u1').view('u2')  # error: 5 [numpy-view] "When changing to a larger dtype, its size must be a divisor"


def transposed():
    np.zeros((2, 3)).T.view('i4')  # error: [numpy-view] "To change to a dtype of a different size, the last axis must be contiguous"


def every_second():
    np.zeros((3, 4))[:, ::2].view(np.int32)  # error: [numpy-view] "the last axis must be contiguous"


def too_short():
    rows = np.zeros((2, 4), np.uint8)
    rows.view(np.float64)  # error: [numpy-view] "When changing to a larger dtype"


def of_bytes():
    array = np.frombuffer(bytes(6), np.uint8)
    array.view(np.uint32)  # error: [numpy-view] "When changing to a larger dtype"


def of_a_slice():
    array = np.arange(10, dtype=np.int16)
    array[1:].view('i4')  # error: [numpy-view] "When changing to a larger dtype"


def fortran():
    array = np.zeros((4, 4), np.float32, order='F')
    array.view(np.uint8)  # error: [numpy-view] "the last axis must be contiguous"


def backwards():
    np.arange(8)[::-1].view(np.uint8)  # error: [numpy-view] "the last axis must be contiguous"


def no_axes():
    array = np.array(5.0)
    array.view('i4')  # error: [numpy-view] "Changing the dtype of a 0d array is only supported if the itemsize is unchanged"


def _as_doubles(array):
    return array.view(np.float64)


def through_a_call():
    _as_doubles(np.zeros(3, np.float32))  # error: [numpy-view] "When changing to a larger dtype"


def broadcast():
    rows = np.zeros((3, 1), np.uint8)
    same = rows
    same.view(np.uint16)  # error: [numpy-view] "When changing to a larger dtype"
