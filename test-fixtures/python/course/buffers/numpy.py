# file: grid.bin 8000000
import numpy as np

numbers = np.array([1, 2, 3, 4, 5], dtype=np.int32)
view = memoryview(numbers)
print(view.format, view.itemsize, view.shape, view.strides)
as_bytes = numbers.view(np.uint8)
memory = bytearray(20)
shared = np.frombuffer(memory, dtype=np.int32)
shared[0] = 42
# warning: [numpy-memmap] "mode 'w+' empties 'grid.bin'"
mapped = np.memmap('grid.bin', dtype=np.float64, mode='w+', shape=(1000, 1000))
