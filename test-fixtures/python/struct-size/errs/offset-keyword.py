import struct

struct.unpack_from('<I', offset=2, buffer=b'12345')  # error: [struct-size] "at least 6 bytes for unpacking 4 bytes at offset 2 (actual buffer size is 5)"
