import struct

buffer = bytearray(4)
buffer = bytearray(8)
struct.pack_into('<Q', buffer, 0, 1)
