import contextlib
import struct

with contextlib.suppress(struct.error):
    struct.unpack('<Q', b'1234')

try:
    struct.unpack('<Q', b'1234')
except struct.error:
    print('too short')

try:
    struct.unpack('<Q', b'1234')
except (TypeError, struct.error) as error:
    print(error)
