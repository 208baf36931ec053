import struct

struct.unpack('<I', b'\0' * 5)  # error: [struct-size] "unpack requires a buffer of 4 bytes"
