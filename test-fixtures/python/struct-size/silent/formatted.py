import struct

count = 2
struct.unpack(f'<{count}H', b'1234')
struct.unpack('<%dH' % count, b'1234')
struct.unpack('<' + 'H' * count, b'1234')
