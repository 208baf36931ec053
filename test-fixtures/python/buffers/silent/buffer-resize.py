from array import array


def released():
    buffer = bytearray(4)
    view = memoryview(buffer)
    view.release()
    buffer.append(1)


def after_with():
    buffer = bytearray(4)
    with memoryview(buffer) as view:
        pass
    buffer.append(1)


def no_name():
    buffer = bytearray(4)
    memoryview(buffer)[0] = 1
    buffer.append(1)


def deleted():
    buffer = bytearray(4)
    view = memoryview(buffer)
    del view
    buffer.append(1)


def rebound():
    buffer = bytearray(4)
    view = memoryview(buffer)
    view = None
    buffer.append(1)


def of_a_copy():
    buffer = bytearray(4)
    view = memoryview(bytes(buffer))
    buffer.append(1)


def slice_is_a_copy():
    buffer = bytearray(4)
    part = buffer[1:]
    view = memoryview(part)
    buffer.append(1)


def same_size():
    buffer = bytearray(4)
    view = memoryview(buffer)
    buffer[0:2] = b'ab'
    buffer[0] = 1
    buffer.reverse()


def nothing_added():
    buffer = bytearray(4)
    view = memoryview(buffer)
    buffer.extend(b'')
    buffer += b''


def new_object():
    buffer = bytearray(4)
    view = memoryview(buffer)
    buffer = buffer + b'more'


def another_buffer():
    first = bytearray(4)
    second = bytearray(4)
    view = memoryview(first)
    second.append(1)


def array_swapped():
    values = array('i', [1, 2])
    view = memoryview(values)
    values.byteswap()
    values[0] = 5


def expected():
    buffer = bytearray(4)
    view = memoryview(buffer)
    try:
        buffer.append(1)
    except BufferError:
        pass


def in_a_loop():
    buffer = bytearray()
    for _ in range(3):
        buffer.append(1)
        view = memoryview(buffer)
        view.release()


def under_an_array_that_borrowed():
    import numpy as np

    buffer = bytearray(16)
    array = np.ndarray(4, 'i4', buffer)
    buffer += b'x'
    del array


def onto_a_copy_of_itself():
    buffer = bytearray(b'ab')
    buffer += bytes(buffer)
    buffer = buffer + buffer
