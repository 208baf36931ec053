class struct:
    @staticmethod
    def unpack(format, data):
        return data


struct.unpack('<Q', b'1234')
