import struct

buffer = bytearray(4)
for round in range(2):
    if round > 0:
        struct.pack_into('<Q', buffer, 0, 1)
    buffer.extend(bytes(4))
