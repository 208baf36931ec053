import struct

buffer = bytearray(4)


def write(buffer, format='<Q'):
    struct.pack_into(format, buffer, 0, 1)
    return [struct.unpack('<Q', buffer) for buffer in (bytes(8), bytes(8))]


write(bytearray(8))
