import struct

data = bytes(range(16))
struct.unpack('<Q', data[::2])
struct.unpack('<Q', data[-8:])
struct.unpack('<Q', data[4:12:1])
struct.unpack('<6s', data[20:4:-2])
struct.unpack('<H', data[-100:2])
struct.unpack('', data[5:5])
start = len(data) // 2
struct.unpack('<Q', data[start:])
