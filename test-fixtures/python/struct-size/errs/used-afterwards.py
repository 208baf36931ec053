import struct


def consume(data):
    data.extend(bytes(100))


buffer = bytearray(4)
struct.pack_into('<Q', buffer, 0, 1)  # error: [struct-size] "(actual buffer size is 4)"
consume(buffer)
