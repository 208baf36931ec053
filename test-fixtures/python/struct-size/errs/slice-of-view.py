import struct

buffer = bytearray(16)
view = memoryview(buffer)
timestamp = struct.unpack('Q', view[:8])[0]
value = struct.unpack('d', view[10:])[0]  # error: 9 [struct-size] "unpack requires a buffer of 8 bytes"
