import struct
import time

# Create a buffer with a timestamp and values
buffer = bytearray(16)
# error: 1 [struct-size] "pack_into requires a buffer of at least 24 bytes for packing 24 bytes at offset 0 (actual buffer size is 16)"
struct.pack_into('QdQ', buffer, 0,
                 int(time.time()), 3.14159, 42)
