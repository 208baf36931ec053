import struct as s

s.pack_into('<Q', bytearray(4), 0, 1)  # error: [struct-size] "at least 8 bytes"
