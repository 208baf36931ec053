import random
import struct

where = random.randrange(4)
struct.pack_into('<Q', bytearray(7), where, 1)  # error: [struct-size] "pack_into requires a buffer of at least"
