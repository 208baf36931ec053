import struct

struct.unpack('=bQ', bytes(9))
struct.unpack('@bQ', bytes(16))
struct.unpack('<bi', bytes(5))
