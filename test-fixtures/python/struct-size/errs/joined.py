import struct

struct.unpack('<H', b'a' + b'bc')  # error: [struct-size] "unpack requires a buffer of 2 bytes"
