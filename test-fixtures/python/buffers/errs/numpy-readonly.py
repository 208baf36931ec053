import numpy as np


def item():
    array = np.frombuffer(b'abc', np.uint8)
    array[0] = 1  # error: 5 [numpy-readonly] "assignment destination is read-only"


def whole():
    data = bytes(8)
    array = np.frombuffer(data, 'u1')
    array[:] = 0  # error: [numpy-readonly] "assignment destination is read-only"


def in_place():
    array = np.frombuffer(b'abc', np.uint8)
    array += 1  # error: [numpy-readonly] "output array is read-only"


def course():
    buffer = memoryview(bytes(12))
    image = np.frombuffer(buffer, dtype=np.uint8)
    image = image.reshape(2, 2, 3)
    np.multiply(image, 1.5, out=image)  # error: [numpy-readonly] "output array is read-only"


def clipped():
    image = np.frombuffer(bytes(12), dtype=np.uint8)
    np.clip(image, 0, 255, out=image)  # error: [numpy-readonly] "output array is read-only"


def of_a_slice():
    head = np.frombuffer(bytes(8), np.uint8)[:4]
    head[1] = 2  # error: [numpy-readonly] "assignment destination is read-only"


def of_a_view():
    words = np.frombuffer(bytes(8), np.uint8).view(np.uint16)
    words[0] = 2  # error: [numpy-readonly] "assignment destination is read-only"


def filled():
    array = np.frombuffer(b'abc', np.uint8)
    array.fill(0)  # error: [numpy-readonly] "assignment destination is read-only"


def sorted_in_place():
    array = np.frombuffer(b'cba', np.uint8)
    array.sort()  # error: [numpy-readonly] "sort array is read-only"


def as_array():
    array = np.asarray(memoryview(b'abc'))
    array[0] = 1  # error: [numpy-readonly] "assignment destination is read-only"


def broadcast():
    rows = np.broadcast_to(np.zeros(3), (2, 3))
    rows[0, 0] = 1  # error: [numpy-readonly] "assignment destination is read-only"


def flag():
    array = np.zeros(3)
    array.flags.writeable = False
    array[0] = 1  # error: [numpy-readonly] "assignment destination is read-only"


def copied_into():
    target = np.frombuffer(bytes(3), np.uint8)
    np.copyto(target, 0)  # error: [numpy-readonly] "assignment destination is read-only"


def _clear(array):
    array[:] = 0


def through_a_call():
    _clear(np.frombuffer(b'abc', np.uint8))  # error: [numpy-readonly] "assignment destination is read-only"
