import numpy as np


def exact():
    np.zeros(6).reshape(2, 3)


def one_unknown():
    np.zeros((2, 3)).reshape(-1, 2)


def nothing_at_all():
    np.zeros((0, 5)).reshape(0, 7)


def no_axes():
    np.array([1]).reshape(())


def fortran():
    np.arange(6).reshape((2, 3), order='F')


def copied():
    np.zeros((3, 4)).T.reshape(12)


def computed():
    array = np.arange(12)
    array.reshape(3, array.size // 3)


def resized():
    array = np.zeros(6)
    array.resize(8)
    array.reshape(4, 2)


def of_unknown_length():
    np.array([each for each in range(8)]).reshape(4, 2)


def guarded():
    array = np.zeros(6)
    if array.size == 8:
        array.reshape(4, 2)


def rebound():
    array = np.zeros(6)
    array = np.concatenate([array, np.zeros(2)])
    array.reshape(4, 2)


def other_reshape():
    class Table:
        def reshape(self, *shape):
            return shape

    Table().reshape(4)


def expected():
    try:
        np.zeros(6).reshape(4)
    except ValueError:
        pass


def swapped_axes():
    grid = np.zeros((2, 3))
    grid.swapaxes(0, -1).reshape(3, 2)
