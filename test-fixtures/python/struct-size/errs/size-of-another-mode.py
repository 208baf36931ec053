import struct

buffer = bytearray(struct.calcsize('<bQ'))
# hint: [struct-padding]
struct.pack_into('bQ', buffer, 0, 1, 2)  # error: [struct-size] "at least 16 bytes for packing 16 bytes at offset 0 (actual buffer size is 9)"
