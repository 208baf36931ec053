import struct

buffer = bytearray(24)
struct.pack_into('QdQ', buffer, 0, 1, 2.0, 3)
struct.pack_into('<Q', buffer, 16, 3)
struct.pack_into('<Q', buffer, -8, 3)
struct.pack_into('QdQ', buffer, -24, 1, 2.0, 3)
view = memoryview(buffer)
timestamp = struct.unpack('Q', view[:8])[0]
value = struct.unpack('d', view[8:16])[0]
struct.unpack_from('<4s', b'12345678', offset=4)
