"""A program that a debugger stops in, twice."""
import numpy as np

grid = np.arange(1_000_000, dtype="<f4").reshape(1000, 1000)
small = bytearray(b"before")


def work(local):
    local[0] = ord("B")
    part = grid[::-1, ::10]
    return part  # first stop


work(small)
grid[999, 0] = -1
small[:] = b"after the second stop"
print("done")  # second stop
