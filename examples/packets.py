"""Packets of a counter, a reading and a serial number, as the course packs them."""

import struct
from pathlib import Path

PACKET = "QdQ"

buffer = bytearray(16)
struct.pack_into(PACKET, buffer, 0, 1_711_929_600, 3.14159, 1_000_000_000)  # 24 bytes are needed.

header = memoryview(buffer)[:8]
(stamp,) = struct.unpack("<Q", header)
(reading,) = struct.unpack("d", buffer[12:])  # Four bytes are left, a double has eight.

flags = struct.unpack_from("<HHI", b"\x01\x00\x02\x00\x03\x00")  # Eight bytes are needed.

# These fit: calcsize tells the size, and each packet starts where the last one ended.
packets = Path(__file__).with_name("packets_QdQ.bin").read_bytes()
for start in range(0, len(packets), struct.calcsize(PACKET)):
    print(struct.unpack_from(PACKET, packets, start))
