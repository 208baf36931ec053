import struct

FORMAT = '<Q'
FORMAT = '<I'
struct.unpack(FORMAT, b'1234')
