import struct


def exact():
    x, y = struct.unpack('<Id', bytes(12))


def counted():
    a, b, c, d = struct.unpack('<4B', b'abcd')


def one():
    (a,) = struct.unpack('<I', bytes(4))


def star():
    a, *rest = struct.unpack('<I', bytes(4))


def star_in_the_middle():
    a, *rest, z = struct.unpack('<HHHH', bytes(8))


def whole():
    values = struct.unpack('<HH', bytes(4))


def sliced():
    a, b = struct.unpack('<HHH', bytes(6))[:2]


def indexed():
    a = struct.unpack('<HHH', bytes(6))[0]


def nested():
    (a, b), c = struct.unpack('<HH', bytes(4)), 3


def iterated():
    for a, b in struct.iter_unpack('<HH', bytes(8)):
        pass


def rebound():
    values = struct.unpack('<HHH', bytes(6))
    values = values[1:]
    a, b = values


def added():
    a, b, c = struct.unpack('<HH', bytes(4)) + (1,)


def expected():
    try:
        a, b = struct.unpack('<I', bytes(4))
    except ValueError:
        pass
