import struct


def bytearray(count):
    return memoryview(bytes(count * 8))


struct.unpack('<Q', bytearray(1))
