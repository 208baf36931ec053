from array import array


def append():
    buffer = bytearray(4)
    view = memoryview(buffer)
    buffer.append(1)  # error: 5 [buffer-resize] "Existing exports of data: object cannot be re-sized"


def extend():
    buffer = bytearray(4)
    view = memoryview(buffer)
    buffer.extend(b'abc')  # error: [buffer-resize] "Existing exports of data: object cannot be re-sized"


def add():
    buffer = bytearray(4)
    view = memoryview(buffer)
    buffer += b'more'  # error: [buffer-resize] "Existing exports of data: object cannot be re-sized"


def clear():
    buffer = bytearray(b'abc')
    view = memoryview(buffer)[1:]
    buffer.clear()  # error: [buffer-resize] "Existing exports of data: object cannot be re-sized"


def delete():
    buffer = bytearray(b'abc')
    view = memoryview(buffer)
    del buffer[:2]  # error: [buffer-resize] "Existing exports of data: object cannot be re-sized"


def store_a_slice():
    buffer = bytearray(b'abc')
    view = memoryview(buffer)
    buffer[0:1] = b'long'  # error: [buffer-resize] "Existing exports of data: object cannot be re-sized"


def inside_with():
    buffer = bytearray(4)
    with memoryview(buffer) as view:
        buffer.pop()  # error: [buffer-resize] "Existing exports of data: object cannot be re-sized"


def slice_outlives_its_view():
    buffer = bytearray(8)
    view = memoryview(buffer)
    half = view[:4]
    view.release()
    buffer.insert(0, 1)  # error: [buffer-resize] "Existing exports of data: object cannot be re-sized"


def of_an_array():
    values = array('i', [1, 2])
    view = memoryview(values)
    values.append(3)  # error: [buffer-resize] "cannot resize an array that is exporting buffers"


def array_extended():
    values = array('i', [1, 2])
    view = memoryview(values).cast('B')
    values.frombytes(bytes(4))  # error: [buffer-resize] "cannot resize an array that is exporting buffers"


def array_added():
    values = array('i', [1, 2])
    view = memoryview(values)
    values += array('i', [3])  # error: [buffer-resize] "cannot resize an array that is exporting buffers"


def _first_half(buffer):
    return memoryview(buffer)[:2]


def through_a_call():
    buffer = bytearray(4)
    head = _first_half(buffer)
    buffer.append(1)  # error: [buffer-resize] "Existing exports of data: object cannot be re-sized"


def another_name():
    buffer = bytearray(4)
    same = buffer
    view = memoryview(buffer)
    same.append(1)  # error: [buffer-resize] "Existing exports of data: object cannot be re-sized"


def onto_itself():
    buffer = bytearray(b'ab')
    buffer += buffer  # error: [buffer-resize] "Existing exports of data: object cannot be re-sized"


def extended_by_a_range():
    buffer = bytearray(2)
    view = memoryview(buffer)
    buffer.extend(range(3))  # error: [buffer-resize] "Existing exports of data: object cannot be re-sized"
    view.release()
