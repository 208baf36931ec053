import numpy as np


def same():
    np.zeros((2, 3)) + np.zeros((2, 3))


def row():
    np.zeros((2, 3)) + np.zeros(3)


def column():
    np.zeros((2, 3)) * np.zeros((2, 1))


def outer():
    np.arange(3)[:, None] * np.arange(4)


def number():
    np.zeros((2, 3)) + 5


def empty():
    np.zeros((0,)) + np.zeros((1,))


def transposed():
    np.zeros((2, 3)).T @ np.zeros((2, 3))


def vector():
    np.zeros((2, 3)) @ np.zeros(3)


def in_place():
    array = np.zeros((2, 3))
    array += np.zeros(3)


def stored():
    array = np.zeros((2, 3))
    array[0] = [1, 2, 3]
    array[:, 1] = 5
    array[...] = np.zeros((1, 3))


def joined():
    np.concatenate([np.zeros((2, 3)), np.zeros((4, 3))])
    np.hstack([np.zeros(3), np.zeros(4)])
    np.vstack([np.zeros(3), np.zeros((2, 3))])


def rebound():
    array = np.zeros(3)
    array = np.append(array, 1)
    array + np.zeros(4)


def guarded():
    left, right = np.zeros(3), np.zeros(4)
    if left.shape == right.shape:
        left + right


def masked():
    array = np.arange(10)
    array[array > 5] + np.zeros(4)


def expected():
    try:
        np.zeros(3) + np.zeros(4)
    except ValueError:
        pass


def picked():
    rows = np.zeros(4)
    rows[[0, 1]] = [1, 2]
    rows[[0, 1]] = 5
    rows[[0, 1]] = [5]


def row_into_a_row():
    rows = np.zeros((2, 3))
    rows[0] = [1, 2, 3]
    rows[[0, 1]] = [1, 2, 3]


def joined_along_an_axis():
    row = np.zeros((1, 3))
    np.concatenate([row, row], axis=-1)
