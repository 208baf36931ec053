import struct


class Reader:
    def __init__(self, format):
        self.format = format

    def unpack(self, data):
        return struct.unpack(self.format, data)


Reader('<I').unpack(b'1234')
HEADER = Reader('<I')
HEADER.unpack(b'1234')
