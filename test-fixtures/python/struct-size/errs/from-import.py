from struct import pack_into, unpack_from as read

# error: [struct-size] "at least 8 bytes for packing 4 bytes at offset 4 (actual buffer size is 6)"
pack_into('<I', bytearray(6), 4, 1)
read('<I', b'abc')  # error: 1 [struct-size] "unpack_from requires a buffer of at least 4 bytes for unpacking 4 bytes at offset 0 (actual buffer size is 3)"
