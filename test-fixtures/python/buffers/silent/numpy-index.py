import numpy as np


def inside():
    np.zeros(3)[2]


def from_the_end():
    np.zeros((2, 3))[-2, -3]


def slice_past_the_end():
    np.zeros(3)[1:100]


def new_axis():
    np.zeros(3)[None, :, None]


def ellipsis():
    np.zeros((2, 3))[..., 2]


def mask():
    array = np.arange(3)
    array[array > 5]


def list_of_indices():
    np.arange(3)[[0, 2]]


def field():
    np.zeros(2, dtype=[('a', 'i4')])['a']


def row_of_a_field():
    np.zeros(2, dtype=[('a', 'i4', 5)])['a'][1, 4]


def grown():
    array = np.zeros(3)
    array = np.append(array, [1, 2])
    array[4]


def guarded():
    array = np.zeros(3)
    if len(array) > 5:
        array[5]


def in_a_loop():
    array = np.zeros(3)
    index = 5
    for index in range(3):
        pass
    array[index]


def expected():
    try:
        np.zeros(3)[5]
    except IndexError:
        pass


def picked():
    rows = np.zeros((3, 2))
    rows[[0, -3, 2]]
    rows[[0, 2]] = 1


def picked_by_a_mask():
    rows = np.zeros(3)
    rows[[True, False, True]]


def picked_nothing():
    np.zeros(3)[[]]
