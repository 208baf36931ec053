import struct


def item():
    memoryview(b'abc')[0] = 1  # error: 5 [buffer-readonly] "cannot modify read-only memory"


def through_a_name():
    data = bytes(4)
    view = memoryview(data)
    view[0] = 42  # error: [buffer-readonly] "cannot modify read-only memory"


def of_a_slice():
    half = memoryview(b'abcd')[2:]
    half[0] = 0  # error: [buffer-readonly] "cannot modify read-only memory"


def of_a_cast():
    numbers = memoryview(bytes(16)).cast('q')
    numbers[1] = 5  # error: [buffer-readonly] "cannot modify read-only memory"


def made_read_only():
    view = memoryview(bytearray(4)).toreadonly()
    view[0] = 1  # error: [buffer-readonly] "cannot modify read-only memory"


def whole():
    view = memoryview(b'abc')
    view[:] = b'xyz'  # error: [buffer-readonly] "cannot modify read-only memory"


def added():
    view = memoryview(b'abc')
    view[0] += 1  # error: [buffer-readonly] "cannot modify read-only memory"


def packed():
    struct.pack_into('<I', bytes(4), 0, 1)  # error: [buffer-readonly] "argument must be read-write bytes-like object, not bytes"


def packed_into_a_view():
    target = memoryview(bytes(8))[4:]
    struct.pack_into('<I', target, 0, 1)  # error: [buffer-readonly] "argument must be read-write bytes-like object, not memoryview"


def packed_by_a_struct():
    record = struct.Struct('<I')
    record.pack_into(b'1234', 0, 1)  # error: [buffer-readonly] "argument must be read-write bytes-like object, not bytes"


def _clear(view):
    view[0] = 0


def through_a_call():
    _clear(memoryview(b'abc'))  # error: [buffer-readonly] "cannot modify read-only memory"


def two_targets():
    view = memoryview(b'abc')
    first, view[1] = 1, 2  # error: [buffer-readonly] "cannot modify read-only memory"


def byte_of_bytes():
    data = b'abcd'
    data[0] = 1  # error: [buffer-readonly] "'bytes' object does not support item assignment"


def byte_of_packed_bytes():
    import struct

    header = struct.pack('<I', 1)
    header[3] = 0  # error: [buffer-readonly] "'bytes' object does not support item assignment"


def deleted_byte():
    data = b'abcd'
    half = data[:2]
    del half[0]  # error: [buffer-readonly] "'bytes' object doesn't support item deletion"
