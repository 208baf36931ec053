# As the slide prints it: the methods stand behind the class, at the left margin.
import ctypes


class Grid:
    def __init__(self, size):
        self.memory = bytearray(size * 8)


# warning: [buffer-protocol] "__buffer__ stands outside of a class"
def __buffer__(self, flags):
    return memoryview(self.memory)


# warning: [buffer-protocol] "Python never calls __getbuffer__"
def __getbuffer__(self, view, flags):
    view.buf = ctypes.addressof(self.memory)  # error: [ctypes-address] "invalid type"


grid = Grid(9)
view = memoryview(grid)  # error: [no-buffer] "memoryview: a bytes-like object is required, not 'Grid'"
