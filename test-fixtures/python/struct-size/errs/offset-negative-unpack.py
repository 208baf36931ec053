import struct

struct.unpack_from('<I', bytes(16), -1)  # error: [struct-size] "not enough data to unpack 4 bytes at offset -1"
