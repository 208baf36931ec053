import array

grid = array.array('i', range(1, 13))
view = memoryview(grid)
# The array's view has format 'i' already: it goes by way of bytes.
view.cast('i', shape=(3, 4))  # error: [memoryview-cast] "cannot cast between two non-byte formats"
table = view.cast('B').cast('i', shape=(3, 4))
print(table[1, 2])
row = table[0]  # error: [memoryview-index] "multi-dimensional sub-views are not implemented"

third = memoryview(bytes([0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xD5, 0x3F]))
print(third.cast('d')[0])

numbers = bytearray(range(10))
window = memoryview(numbers)
window[0] = 42
head = window[:5]
head[1] = 99
