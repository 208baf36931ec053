from struct import Struct

Struct(format='<Q').unpack(b'1234')  # error: 1 [struct-size] "unpack requires a buffer of 8 bytes"
