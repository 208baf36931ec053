import numpy as np


def added():
    np.zeros((2, 3)) + np.zeros(4)  # error: 5 [numpy-broadcast] "operands could not be broadcast together with shapes (2,3) (4,)"


def multiplied():
    weights = np.ones((3,))
    rows = np.ones((3, 2))
    rows * weights  # error: [numpy-broadcast] "operands could not be broadcast together with shapes (3,2) (3,)"


def function():
    np.add(np.zeros(3), np.zeros(4))  # error: [numpy-broadcast] "operands could not be broadcast together with shapes (3,) (4,)"


def in_place():
    array = np.zeros(3)
    array += np.zeros(4)  # error: [numpy-broadcast] "operands could not be broadcast together with shapes (3,) (4,)"


def too_small_for_the_result():
    array = np.zeros(3)
    array += np.zeros((2, 3))  # error: [numpy-broadcast] "non-broadcastable output operand with shape (3,) doesn't match the broadcast shape (2,3)"


def with_a_list():
    np.arange(3) - [1, 2]  # error: [numpy-broadcast] "operands could not be broadcast together with shapes (3,) (2,)"


def of_slices():
    array = np.arange(10)
    array[1:] - array[:-2]  # error: [numpy-broadcast] "operands could not be broadcast together with shapes (9,) (8,)"


def stored():
    array = np.zeros(3)
    array[:] = np.zeros(4)  # error: [numpy-broadcast] "could not broadcast input array from shape (4,) into shape (3,)"


def stored_in_a_row():
    grid = np.zeros((2, 3))
    grid[0] = [1, 2]  # error: [numpy-broadcast] "could not broadcast input array from shape (2,) into shape (3,)"


def matrix_product():
    np.zeros((3, 4)) @ np.zeros((3, 4))  # error: [numpy-broadcast] "matmul: Input operand 1 has a mismatch in its core dimension 0"


def dot():
    np.dot(np.zeros(3), np.zeros(4))  # error: [numpy-broadcast] "shapes (3,) and (4,) not aligned: 3 (dim 0) != 4 (dim 0)"


def concatenated():
    np.concatenate([np.zeros((2, 3)), np.zeros((2, 4))])  # error: [numpy-broadcast] "all the input array dimensions except for the concatenation axis must match exactly"


def broadcast_to():
    np.broadcast_to(np.zeros(3), (2, 4))  # error: [numpy-broadcast] "operands could not be broadcast together with remapped shapes"


def out():
    result = np.empty(4)
    np.add(np.zeros(3), 1, out=result)  # error: [numpy-broadcast] "operands could not be broadcast together with shapes (3,) () (4,)"


def _sum(left, right):
    return left + right


def through_a_call():
    _sum(np.zeros(3), np.zeros(5))  # error: [numpy-broadcast] "operands could not be broadcast together with shapes (3,) (5,)"


def picked():
    rows = np.zeros(4)
    rows[[0, 1]] = [1, 2, 3]  # error: [numpy-broadcast] "shape mismatch: value array of shape (3,) could not be broadcast to indexing result of shape (2,)"


def sequence_into_an_item():
    rows = np.zeros(4)
    rows[0] = [1, 2]  # error: [numpy-broadcast] "setting an array element with a sequence"


def fewer_axes():
    np.broadcast_to(np.zeros((2, 3)), (3,))  # error: [numpy-broadcast] "input operand has more dimensions than allowed by the axis remapping"


def joined_along_no_axis():
    row = np.arange(3)
    np.concatenate([row, row], axis=1)  # error: [numpy-broadcast] "axis 1 is out of bounds for array of dimension 1"
