import struct

# A native int is aligned: three bytes of padding stand before it.
# hint: [struct-padding]
struct.unpack('bi', bytes(5))  # error: [struct-size] "unpack requires a buffer of 8 bytes"
