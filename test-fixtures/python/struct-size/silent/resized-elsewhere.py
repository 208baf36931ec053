import struct


def grow(data):
    data.extend(bytes(8))


passed = bytearray(4)
grow(passed)
struct.pack_into('<Q', passed, 0, 1)

aliased = bytearray(4)
alias = aliased
alias.extend(bytes(4))
struct.pack_into('<Q', aliased, 0, 1)

method = bytearray(4)
append = method.append
for _ in range(4):
    append(0)
struct.pack_into('<Q', method, 0, 1)
