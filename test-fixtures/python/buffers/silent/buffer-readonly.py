import struct


def writable():
    memoryview(bytearray(b'abc'))[0] = 1


def copy_first():
    data = bytearray(b'abc')
    view = memoryview(data)
    view[0] = 42


def read():
    memoryview(b'abc')[0]


def guarded():
    view = memoryview(b'abc')
    if not view.readonly:
        view[0] = 1


def rebound():
    view = memoryview(b'abc')
    view = memoryview(bytearray(view))
    view[0] = 1


def view_of_a_copy():
    view = memoryview(bytearray(memoryview(b'abc')))
    view[0] = 1


def packed():
    struct.pack_into('<I', bytearray(4), 0, 1)


def packed_into_a_view():
    struct.pack_into('<I', memoryview(bytearray(8))[4:], 0, 1)


def one_of_two():
    data = bytearray(4)
    if len(data) > 4:
        data = bytes(4)
    memoryview(data)[0] = 1


def in_a_list():
    views = [memoryview(bytearray(4)), memoryview(b'abcd')]
    views[0][0] = 1


def expected():
    try:
        memoryview(b'abc')[0] = 1
    except TypeError:
        pass


def expected_by_a_test():
    import contextlib

    with contextlib.suppress(TypeError):
        memoryview(b'abc')[0] = 1


def copied_first():
    data = bytearray(b'abcd')
    data[0] = 1
    del data[1]
