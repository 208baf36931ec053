import struct

struct.iter_unpack('', b'')  # error: [struct-size] "cannot iteratively unpack with a struct of length 0"
