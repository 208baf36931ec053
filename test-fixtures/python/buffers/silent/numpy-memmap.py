# file: data.bin 16
import numpy as np


def _write(name, size):
    with open(name, 'wb') as stream:
        stream.write(bytes(size))


def new_file():
    np.memmap('new.bin', dtype=np.float64, mode='w+', shape=(10, 10))


def kept():
    _write('data.bin', 16)
    np.memmap('data.bin', dtype=np.float64, mode='r+', shape=(2,))


def read():
    _write('data.bin', 16)
    np.memmap('data.bin', dtype=np.float64, mode='r')


def part():
    _write('data.bin', 16)
    np.memmap('data.bin', dtype=np.uint8, mode='r', offset=3, shape=(13,))


def copied():
    _write('data.bin', 16)
    array = np.memmap('data.bin', dtype=np.uint8, mode='c')
    array[0] = 1


def default_mode():
    _write('data.bin', 16)
    array = np.memmap('data.bin', dtype=np.uint8)
    array[0] = 1


def written():
    array = np.memmap('new.bin', dtype=np.uint8, mode='w+', shape=4)
    array[:] = 7


def computed_mode():
    _write('data.bin', 16)
    mode = 'w+' if False else 'r'
    np.memmap('data.bin', mode=mode)


def computed_name():
    name = 'new' + str(1) + '.bin'
    np.memmap(name, mode='w+', shape=(3,))


def expected():
    try:
        np.memmap('new.bin', mode='x', shape=(3,))
    except ValueError:
        pass
