def inside():
    memoryview(b'abc')[2]


def from_the_end():
    memoryview(b'abc')[-3]


def both_axes():
    memoryview(bytes(12)).cast('B', (3, 4))[2, 3]


def negative_axes():
    memoryview(bytes(12)).cast('B', (3, 4))[-3, -4]


def slice_of_rows():
    memoryview(bytes(12)).cast('B', (3, 4))[0:1]


def slice_past_the_end():
    memoryview(bytes(4))[2:100]


def pair_in_a_name():
    place = (1, 2)
    memoryview(bytes(12)).cast('B', (3, 4))[place]


def one_with_a_comma():
    memoryview(bytes(4))[0,]


def no_axes():
    memoryview(b'a').cast('B', [])[()]


def guarded():
    view = memoryview(b'abc')
    if len(view) > 3:
        view[3]


def in_a_loop():
    view = memoryview(b'abc')
    index = 5
    while index > 2:
        index -= 1
    view[index]


def rows_as_lists():
    memoryview(bytes(12)).cast('B', (3, 4)).tolist()[0]


def expected():
    try:
        memoryview(b'')[0]
    except IndexError:
        pass


def rebound():
    view = memoryview(b'abc')
    view = memoryview(bytes(8))
    view[7]
