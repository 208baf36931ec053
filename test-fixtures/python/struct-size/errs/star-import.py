from struct import *

unpack('<H', b'abc')  # error: 1 [struct-size] "unpack requires a buffer of 2 bytes"
