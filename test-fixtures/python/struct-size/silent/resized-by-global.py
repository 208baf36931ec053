import struct

buffer = bytearray(4)


def replace():
    global buffer
    buffer = bytearray(8)


replace()
struct.pack_into('<Q', buffer, 0, 1)
