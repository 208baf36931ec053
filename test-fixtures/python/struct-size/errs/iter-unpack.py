import struct

for pair in struct.iter_unpack('<HH', bytes(10)):  # error: 13 [struct-size] "iterative unpacking requires a buffer of a multiple of 4 bytes"
    print(pair)
