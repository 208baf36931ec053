import struct
from datetime import datetime

record = bytearray(16)
# error: [struct-size] "at least 24 bytes for packing 24 bytes at offset 0 (actual buffer size is 16)"
struct.pack_into('QdQ', record, 0, int(datetime.now().timestamp()), 3.14159, 1_000_000_000)
view = memoryview(record)
stamp = struct.unpack('Q', view[:8])[0]
value = struct.unpack('d', view[8:16])[0]
