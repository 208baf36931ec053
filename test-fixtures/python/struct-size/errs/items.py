import struct

struct.unpack('4B', bytes([1, 2, 3]))  # error: [struct-size] "unpack requires a buffer of 4 bytes"
