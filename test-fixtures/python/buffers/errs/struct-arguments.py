import struct
from struct import Struct, pack

HEADER = Struct('<HHI')


def too_few():
    struct.pack('II', 1)  # error: 5 [struct-arguments] "pack expected 2 items for packing (got 1)"


def too_many():
    pack('<I', 1, 2)  # error: [struct-arguments] "pack expected 1 items for packing (got 2)"


def of_a_struct():
    HEADER.pack(1, 2)  # error: [struct-arguments] "pack expected 3 items for packing (got 2)"


def padding_takes_none():
    struct.pack('<xI', 0, 1)  # error: [struct-arguments] "pack expected 1 items for packing (got 2)"


def text_takes_one():
    struct.pack('4s', b'a', b'b', b'c', b'd')  # error: [struct-arguments] "pack expected 1 items for packing (got 4)"


def count_takes_many():
    struct.pack('4B', 1)  # error: [struct-arguments] "pack expected 4 items for packing (got 1)"


def into_a_buffer():
    buffer = bytearray(8)
    struct.pack_into('<II', buffer, 0, 1)  # error: [struct-arguments] "pack_into expected 2 items for packing (got 1)"


def into_too_many():
    struct.pack_into('<I', bytearray(4), 0, 1, 2)  # error: [struct-arguments] "pack_into expected 1 items for packing (got 2)"


def method_in_a_name():
    write = Struct('<B').pack
    write(1, 2)  # error: [struct-arguments] "pack expected 1 items for packing (got 2)"


def through_names():
    layout = '<3H'
    record = Struct(layout)
    record.pack(1, 2)  # error: [struct-arguments] "pack expected 3 items for packing (got 2)"


def _pack_two(record):
    return record.pack(1, 2)


def through_a_call():
    _pack_two(HEADER)  # error: [struct-arguments] "pack expected 3 items for packing (got 2)"


def empty_text():
    struct.pack('0s')  # error: [struct-arguments] "pack expected 1 items for packing (got 0)"


def format_in_a_name():
    layout = '<3H'
    struct.pack(layout, 1, 2)  # error: [struct-arguments] "pack expected 3 items for packing (got 2)"


def joined_format():
    layout = '<' + 'HH'
    struct.pack(layout, 1)  # error: [struct-arguments] "pack expected 2 items for packing (got 1)"


def into_a_slice():
    view = memoryview(bytearray(16))[4:]
    struct.pack_into('<II', view, 0, 1)  # error: [struct-arguments] "pack_into expected 2 items for packing (got 1)"


def struct_of_a_format_in_a_name():
    layout = '<BB'
    pair = Struct(layout)
    pair.pack(1, 2, 3)  # error: [struct-arguments] "pack expected 2 items for packing (got 3)"
