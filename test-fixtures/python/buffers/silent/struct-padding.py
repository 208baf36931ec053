import struct


def said_to_be_native():
    struct.pack('@bQ', 1, 2)


def little_endian():
    struct.pack('<bQ', 1, 2)


def standard():
    struct.pack('=bQ', 1, 2)


def big_endian():
    struct.pack('>bi', 1, 2)


def network():
    struct.pack('!bi', 1, 2)


def aligned_already():
    struct.pack('QdQ', 1, 2.0, 3)


def one_size():
    struct.pack('4B', 1, 2, 3, 4)


def descending():
    struct.pack('qihb', 1, 2, 3, 4)


def padded_by_hand():
    struct.pack('b7xQ', 1, 2)


def end_is_aligned():
    struct.pack('qb0q', 1, 2)


def asked_for_the_size():
    struct.calcsize('bQ')


def through_a_name():
    layout = '@bh'
    struct.Struct(layout)
