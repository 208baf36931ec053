# file: data.bin 8000000
# file: small.bin 9
import os

import numpy as np


def _write(name, size):
    with open(name, 'wb') as stream:
        stream.write(bytes(size))


def _is_emptied(name, mapped):
    mapped.flush()
    with open(name, 'rb') as stream:
        return not any(stream.read())


def course():
    with open('data.bin', 'wb') as stream:
        stream.write(b'x' * 8_000_000)
    # warning: [numpy-memmap] "mode 'w+' empties 'data.bin', which is there and has 8000000 bytes"
    mapped = np.memmap('data.bin', dtype=np.float64, mode='w+', shape=(1000, 1000))
    assert _is_emptied('data.bin', mapped)


def in_a_name():
    with open('data.bin', 'wb') as stream:
        stream.write(b'x' * 100)
    path = 'data.bin'
    # warning: [numpy-memmap] "mode 'w+' empties 'data.bin'"
    mapped = np.memmap(path, np.uint8, 'w+', shape=100)
    assert _is_emptied(path, mapped)


def other_word():
    with open('small.bin', 'wb') as stream:
        stream.write(b'x' * 9)
    # warning: [numpy-memmap] "mode 'write' empties 'small.bin'"
    mapped = np.memmap('small.bin', mode='write', shape=(9,))
    assert _is_emptied('small.bin', mapped)


def no_such_mode():
    np.memmap('new.bin', mode='x', shape=(3,))  # error: 31 [numpy-memmap] "mode must be one of ['r', 'c', 'r+', 'w+', 'readonly', 'copyonwrite', 'readwrite', 'write'] (got 'x')"


def no_shape():
    np.memmap('new.bin', dtype='f4', mode='w+')  # error: [numpy-memmap] "shape must be given if mode == 'w+'"


def too_long():
    _write('small.bin', 9)
    np.memmap('small.bin', mode='r', shape=(30,))  # error: [numpy-memmap] "mmap length is greater than file size"


def not_a_multiple():
    _write('small.bin', 9)
    np.memmap('small.bin', dtype='i4', mode='r')  # error: [numpy-memmap] "Size of available data is not a multiple of the data-type size"


def behind_an_offset():
    _write('small.bin', 9)
    np.memmap('small.bin', dtype='i4', mode='c', offset=2)  # error: [numpy-memmap] "Size of available data is not a multiple of the data-type size"


def shape_in_a_name():
    _write('small.bin', 9)
    shape = (2, 5)
    np.memmap('small.bin', np.uint8, 'r', 0, shape)  # error: [numpy-memmap] "mmap length is greater than file size"


def _open(path, mode):
    return np.memmap(path, mode=mode, shape=(3,))


def through_a_call():
    _open('new.bin', 'a')  # error: [numpy-memmap] "mode must be one of"


def mode_in_a_name():
    mode = 'rw'
    np.memmap('new.bin', mode=mode, shape=(3,))  # error: [numpy-memmap] "mode must be one of"


def dtype_in_a_name():
    _write('small.bin', 9)
    dtype = np.uint16
    np.memmap('small.bin', dtype, 'r')  # error: [numpy-memmap] "Size of available data is not a multiple of the data-type size"


def rows_in_a_name():
    _write('small.bin', 9)
    rows = 4
    np.memmap('small.bin', 'u1', 'c', shape=(rows, 3))  # error: [numpy-memmap] "mmap length is greater than file size"


def mode_without_a_shape():
    path, mode = 'new.bin', 'w+'
    np.memmap(path, 'u1', mode)  # error: [numpy-memmap] "shape must be given if mode == 'w+'"
