import numpy as np


def outside():
    np.zeros(3)[5]  # error: 5 [numpy-index] "index 5 is out of bounds for axis 0 with size 3"


def rows():
    grid = np.zeros((2, 3))
    grid[2]  # error: [numpy-index] "index 2 is out of bounds for axis 0 with size 2"


def second_axis():
    np.zeros((2, 3))[0, 3]  # error: [numpy-index] "index 3 is out of bounds for axis 1 with size 3"


def negative():
    np.arange(4)[-5]  # error: [numpy-index] "index -5 is out of bounds for axis 0 with size 4"


def too_many():
    np.zeros((2, 3))[0, 0, 0]  # error: [numpy-index] "too many indices for array: array is 2-dimensional, but 3 were indexed"


def of_a_slice():
    half = np.arange(10)[:5]
    half[5]  # error: [numpy-index] "index 5 is out of bounds for axis 0 with size 5"


def writing():
    array = np.zeros(3)
    array[3] = 1  # error: [numpy-index] "index 3 is out of bounds for axis 0 with size 3"


def of_a_list():
    array = np.array([1, 2, 3])
    last = 3
    array[last]  # error: [numpy-index] "index 3 is out of bounds for axis 0 with size 3"


def of_a_buffer():
    numbers = np.frombuffer(bytes(8), np.int32)
    numbers[2]  # error: [numpy-index] "index 2 is out of bounds for axis 0 with size 2"


def no_step():
    np.arange(4)[::0]  # error: [numpy-index] "slice step cannot be zero"


def _third(array):
    return array[2]


def through_a_call():
    _third(np.zeros(2))  # error: [numpy-index] "index 2 is out of bounds for axis 0 with size 2"


def picked():
    rows = np.zeros((3, 2))
    rows[[0, 3]]  # error: [numpy-index] "index 3 is out of bounds for axis 0 with size 3"


def picked_from_a_slice():
    tail = np.arange(10)[7:]
    wanted = [0, 1, -4]
    tail[wanted]  # error: [numpy-index] "index -4 is out of bounds for axis 0 with size 3"


def picked_and_stored():
    counts = np.zeros(4)
    counts[[1, 4]] = 0  # error: [numpy-index] "index 4 is out of bounds for axis 0 with size 4"
