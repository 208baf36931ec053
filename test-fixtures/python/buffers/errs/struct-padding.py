import struct
from struct import Struct


def before_a_long():
    # hint: 29 [struct-padding] "7 bytes of padding before 'Q': 16 bytes, 9 with"
    assert len(struct.pack('bQ', 1, 2)) == 16


def before_an_int():
    # hint: [struct-padding] "3 bytes of padding before 'i': 8 bytes, 5 with"
    assert Struct('bi').size == 8


def one_byte():
    # hint: [struct-padding] "1 byte of padding before 'h'"
    assert len(struct.pack('bh', 1, 2)) == 4


def before_a_double():
    # hint: [struct-padding] "4 bytes of padding before 'd'"
    assert struct.unpack('Id', bytes(16)) == (0, 0.0)


def through_a_name():
    layout = 'HI'
    # hint: 28 [struct-padding] "2 bytes of padding before 'I'"
    assert len(struct.pack(layout, 1, 2)) == 8


def joined():
    # hint: [struct-padding] "3 bytes of padding before 'I'"
    assert len(struct.pack('c' 'I', b'a', 1)) == 8


def behind_text():
    # hint: [struct-padding] "3 bytes of padding before 'q'"
    assert Struct('5sq').size == 16


def second_field():
    # hint: [struct-padding] "2 bytes of padding before 'f'"
    assert struct.unpack('ihf', bytes(12)) == (0, 0, 0.0)


def into():
    buffer = bytearray(16)
    # hint: [struct-padding] "4 bytes of padding before 'q'"
    struct.pack_into('iq', buffer, 0, 1, 2)
    assert buffer[8] == 2


def of_a_repeated():
    # hint: [struct-padding] "1 byte of padding before 'h'"
    assert Struct('3b2h').size == 8


def in_a_constant():
    layout = 'Bd'
    # hint: [struct-padding] "7 bytes of padding before 'd'"
    assert Struct(layout).size == 16


def joined_in_a_name():
    layout = 'b' + 'H'
    # hint: [struct-padding] "1 byte of padding before 'H'"
    assert struct.unpack(layout, bytes(4)) == (0, 0)


def rebound():
    layout = '<bI'
    layout = 'bI'
    # hint: [struct-padding] "3 bytes of padding before 'I'"
    assert len(struct.pack(layout, 1, 2)) == 8


def from_a_slice():
    view = memoryview(bytearray(16))[4:]
    # hint: [struct-padding] "3 bytes of padding before 'f'"
    assert struct.unpack_from('cf', view) == (b'\0', 0.0)


def _record(layout):
    # hint: [struct-padding] "2 bytes of padding before 'I'"
    return struct.pack('HI', 1, 2) + struct.pack(layout)


def through_a_call():
    assert len(_record('')) == 8


def unpacked():
    layout, count = 'Hq', 2
    # hint: [struct-padding] "6 bytes of padding before 'q'"
    assert len(struct.unpack(layout, bytes(16))) == count


def of_two_names():
    code = 'q'
    layout = 'h' + code
    # hint: [struct-padding] "6 bytes of padding before 'q'"
    assert struct.calcsize(layout) == len(struct.pack(layout, 1, 2))


def into_a_slice():
    view = memoryview(bytearray(24))[8:]
    layout = 'Bi'
    # hint: [struct-padding] "3 bytes of padding before 'i'"
    struct.pack_into(layout, view, 0, 1, 2)
    assert view[4] == 2


def of_named_bytes():
    layout = b'?d'
    # hint: [struct-padding] "7 bytes of padding before 'd'"
    assert Struct(layout).size == 16


def of_a_named_struct():
    layout = 'bh'
    # hint: [struct-padding] "1 byte of padding before 'h'"
    pair = Struct(layout)
    assert pair.size == 4
