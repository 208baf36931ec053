"""Objects of the standard library, and by name the bytes of their elements in C order."""
import array
import ctypes
import mmap

flat = bytearray(range(48))
some_bytes = b"buffer protocol"
nothing = b""
some_bytearray = bytearray(b"mutable")
part = memoryview(flat)[5:20]
every_third = memoryview(flat)[1::3]
backwards = memoryview(flat)[::-2]
no_part = memoryview(flat)[7:7]
as_doubles = memoryview(flat).cast("d")
as_grid = memoryview(flat).cast("B", (6, 8))
as_grid_of_shorts = memoryview(flat).cast("h", (4, 6))
one_item = memoryview(b"\x2a").cast("B", ())
read_only = memoryview(some_bytes)[2:]
shorts = array.array("h", [-1, 2, -32768])
doubles = array.array("d", [0.1, float("nan")])
wide = array.array("q", [2**53 + 1])
anonymous = mmap.mmap(-1, 128)
anonymous[:5] = b"pages"
c_ints = (ctypes.c_int * 5)(1, 2, 3, 4, 5)
c_grid = ((ctypes.c_float * 2) * 3)((1, 2), (3, 4), (5, 6))
c_big_endian = (ctypes.c_int16.__ctype_be__ * 2)(1, 2)


class Point(ctypes.Structure):
    _fields_ = [("tag", ctypes.c_byte), ("x", ctypes.c_double)]


c_points = (Point * 2)(Point(1, 0.5), Point(2, 1.5))


class Holder:
    buffers = {"key": [bytearray(b"first"), bytearray(b"second")]}


holder = Holder()

expected = {
    name: memoryview(value).tobytes()
    for name, value in list(globals().items())
    if isinstance(value, (bytes, bytearray, memoryview, array.array, mmap.mmap, ctypes.Array))
}
expected["holder.buffers['key'][1]"] = b"second"


class OwnBytes(bytes):
    """A class of the program: its own code could run."""


class Loud:
    """Says so whenever any code of it runs."""

    ran = []

    def __getattribute__(self, name):
        Loud.ran.append(name)
        return object.__getattribute__(self, name)

    def __buffer__(self, flags):
        Loud.ran.append("__buffer__")
        return memoryview(b"loud")


own_bytes = OwnBytes(b"own")
loud = Loud()
a_list = [1, 2]
a_text = "text"
