import struct

struct.unpack('<Q', struct.pack('<I', 7))  # error: [struct-size] "unpack requires a buffer of 8 bytes"
