import struct


def read():
    view = memoryview(b'abc')
    view.release()
    view[0]  # error: 5 [memoryview-released] "operation forbidden on released memoryview object"


def after_with():
    with memoryview(bytearray(4)) as view:
        pass
    view.tobytes()  # error: [memoryview-released] "operation forbidden on released memoryview object"


def length():
    view = memoryview(b'abc')
    view.release()
    len(view)  # error: [memoryview-released] "operation forbidden on released memoryview object"


def attribute():
    view = memoryview(b'abc')
    view.release()
    view.nbytes  # error: [memoryview-released] "operation forbidden on released memoryview object"


def write():
    view = memoryview(bytearray(4))
    view.release()
    view[0] = 1  # error: [memoryview-released] "operation forbidden on released memoryview object"


def another_name():
    view = memoryview(b'abc')
    same = view
    view.release()
    same[1:]  # error: [memoryview-released] "operation forbidden on released memoryview object"


def of_a_slice():
    part = memoryview(bytes(8))[2:]
    part.release()
    part.cast('B')  # error: [memoryview-released] "operation forbidden on released memoryview object"


def view_of_it():
    view = memoryview(b'abc')
    view.release()
    memoryview(view)  # error: [memoryview-released] "operation forbidden on released memoryview object"


def unpack():
    view = memoryview(bytes(4))
    view.release()
    struct.unpack('<I', view)  # error: [memoryview-released] "operation forbidden on released memoryview object"


def copy():
    view = memoryview(bytes(4))
    view.release()
    bytes(view)  # error: [memoryview-released] "operation forbidden on released memoryview object"


def _close(view):
    view.release()


def through_a_call():
    view = memoryview(bytes(4))
    _close(view)
    view.hex()  # error: [memoryview-released] "operation forbidden on released memoryview object"


def _returned():
    with memoryview(b'abc') as view:
        return view


def returned_from_with():
    late = _returned()
    late[0]  # error: [memoryview-released] "operation forbidden on released memoryview object"
