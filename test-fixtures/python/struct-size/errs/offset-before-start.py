import struct

struct.unpack_from('<I', bytes(16), -20)  # error: [struct-size] "offset -20 out of range for 16-byte buffer"
