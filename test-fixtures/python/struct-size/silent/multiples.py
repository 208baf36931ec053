import struct

list(struct.iter_unpack('<HH', bytes(12)))
list(struct.iter_unpack('<HH', b''))
struct.unpack('', b'')
