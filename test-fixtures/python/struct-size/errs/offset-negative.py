import struct

struct.pack_into('<I', bytearray(16), -3, 1)  # error: [struct-size] "no space to pack 4 bytes at offset -3"
