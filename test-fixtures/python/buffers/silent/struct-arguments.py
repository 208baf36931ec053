import struct

HEADER = struct.Struct('<HHI')


def exact():
    struct.pack('<HHI', 1, 2, 3)


def unpacked():
    values = (1, 2, 3)
    struct.pack('<HHI', *values)


def unpacked_behind_others():
    struct.pack('<HHI', 1, *(2, 3))


def padding():
    struct.pack('<4xI', 1)


def zero_count():
    struct.pack('<0II', 1)


def pascal():
    struct.pack('8p', b'abc')


def of_a_struct():
    HEADER.pack(1, 2, 3)


def into():
    HEADER.pack_into(bytearray(10), 2, 1, 2, 3)


def another_pack():
    class Packer:
        def pack(self, *values):
            return values

    Packer().pack(1)


def rebound():
    header = struct.Struct('<H')
    header = HEADER
    header.pack(1, 2, 3)


def computed():
    struct.pack('<%dB' % 2, 1, 2)


def expected():
    try:
        struct.pack('<II', 1)
    except struct.error:
        pass
