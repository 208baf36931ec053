# python: 3.11
import ctypes


class Grid:
    def __init__(self, rows, columns):
        self.rows = rows
        self.columns = columns
        self.memory = bytearray(rows * columns * 8)

    # warning: [buffer-protocol] "__buffer__ is asked for from Python 3.12 on (PEP 688)"
    def __buffer__(self, flags):
        return memoryview(self.memory)

    # warning: [buffer-protocol] "Python never calls __getbuffer__"
    def __getbuffer__(self, view, flags):
        view.buf = ctypes.addressof(self.memory)  # error: [ctypes-address] "invalid type"
        view.len = len(self.memory)


grid = Grid(3, 3)
view = memoryview(grid)  # error: [buffer-protocol] "memoryview: a bytes-like object is required, not 'Grid'"
