from array import array


def course():
    grid = memoryview(array('i', range(12))).cast('B').cast('i', shape=(3, 4))
    row = grid[0]  # error: 11 [memoryview-index] "multi-dimensional sub-views are not implemented"


def after_the_end():
    view = memoryview(b'abc')
    view[3]  # error: [memoryview-index] "index out of bounds on dimension 1"


def before_the_start():
    memoryview(bytes(4))[-5]  # error: [memoryview-index] "index out of bounds on dimension 1"


def of_a_slice():
    half = memoryview(bytes(8))[:4]
    half[4]  # error: [memoryview-index] "index out of bounds on dimension 1"


def second_axis():
    grid = memoryview(bytes(12)).cast('B', (3, 4))
    grid[0, 4]  # error: [memoryview-index] "index out of bounds on dimension 2"


def too_many():
    grid = memoryview(bytes(12)).cast('B', (3, 4))
    grid[0, 0, 0]  # error: [memoryview-index] "cannot index 2-dimension view with 3-element tuple"


def slice_and_index():
    grid = memoryview(bytes(12)).cast('B', (3, 4))
    grid[0:1, 0]  # error: [memoryview-index] "memoryview: invalid slice key"


def too_many_for_one_axis():
    memoryview(bytes(4))[0, 0]  # error: [memoryview-index] "cannot index 1-dimension view with 2-element tuple"


def name_as_index():
    view = memoryview(bytes(4))
    view['a']  # error: [memoryview-index] "memoryview: invalid slice key"


def float_as_index():
    view = memoryview(bytes(4))
    middle = 4 / 2
    view[middle]  # error: [memoryview-index] "memoryview: invalid slice key"


def no_step():
    memoryview(bytes(4))[::0]  # error: [memoryview-index] "slice step cannot be zero"


def writing_outside():
    view = memoryview(bytearray(4))
    view[4] = 1  # error: [memoryview-index] "index out of bounds on dimension 1"


def writing_a_row():
    grid = memoryview(bytearray(12)).cast('B', (3, 4))
    grid[0] = 1  # error: [memoryview-index] "sub-views are not implemented"


def _first_row(grid):
    return grid[0]


def through_a_call():
    _first_row(memoryview(bytes(12)).cast('B', (3, 4)))  # error: [memoryview-index] "multi-dimensional sub-views are not implemented"
