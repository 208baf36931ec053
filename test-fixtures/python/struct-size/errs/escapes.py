import struct

# error: [struct-size] "unpack requires a buffer of 4 bytes"
struct.unpack('<4s', b'\x00\101\n\
\q')
