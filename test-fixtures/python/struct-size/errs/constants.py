import struct

FORMAT: str = '<' 'I2H'
HEADER = b'\x7fELF\x02\x01'
magic, major, minor = struct.unpack(FORMAT, HEADER)  # error: 23 [struct-size] "unpack requires a buffer of 8 bytes"
