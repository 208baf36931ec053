import struct

POINT = struct.Struct('>dd')


def write() -> bytearray:
    out = bytearray(12)
    POINT.pack_into(out, 0, 1.0, 2.0)  # error: [struct-size] "requires a buffer of at least 16 bytes for packing 16 bytes at offset 0"
    return out


write()
