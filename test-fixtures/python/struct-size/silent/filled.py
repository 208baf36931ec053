import io
import struct

header = bytearray(8)
io.BytesIO(bytes(8)).readinto(header)
header[0] = 1
print(header.hex(), len(header))
struct.unpack('<Q', header)
