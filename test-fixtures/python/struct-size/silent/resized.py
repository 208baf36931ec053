import struct

buffer = bytearray(4)
buffer.extend(bytes(4))
struct.pack_into('<Q', buffer, 0, 1)

longer = bytearray(4)
longer += bytes(4)
struct.pack_into('<Q', longer, 0, 1)

inserted = bytearray(4)
inserted[2:2] = bytes(4)
struct.pack_into('<Q', inserted, 0, 1)

shrunk = bytearray(5)
del shrunk[0]
struct.unpack('<I', shrunk)
