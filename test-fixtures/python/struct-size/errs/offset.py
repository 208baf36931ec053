import struct

RECORD = '<HH'
START = 3 * 4
data = bytes(14)
struct.unpack_from(RECORD, data, START)  # error: [struct-size] "unpack_from requires a buffer of at least 16 bytes for unpacking 4 bytes at offset 12 (actual buffer size is 14)"
