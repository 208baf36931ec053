import struct
import sys

if sys.maxsize > 2**31:
    buffer = bytearray(8)
else:
    buffer = bytearray(4)
struct.pack_into('<Q', buffer, 0, 1)
