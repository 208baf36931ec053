import struct

# The format is text: these are eight characters and one field.
struct.unpack(b'<8s', b'\\N{DOT}1')
struct.unpack('<2s', '\u00e9'.encode())
