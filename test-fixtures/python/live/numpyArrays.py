"""Arrays and views of NumPy, and by name the bytes of their elements in C order."""
import numpy as np

base = np.arange(120, dtype="<f8").reshape(2, 3, 4, 5)
view = base[::-1, 1:, ::2, ::-2]
transposed = base.T
fortran = np.asfortranarray(np.arange(24, dtype="<i4").reshape(4, 6))
fortran_part = fortran[1:3, ::-1]
repeated = np.broadcast_to(np.arange(4, dtype="u1"), (3, 4))
diagonal = np.lib.stride_tricks.as_strided(base, (5,), (8 * 6,))
scalar_array = np.array(42, dtype=">i8")
no_elements = np.zeros((0, 3))
big_endian = np.array([1.5, -2.5], dtype=">f4")
halves = np.array([0.1, np.inf], dtype="f2")
long_doubles = np.array([0.1], dtype="g")
complexes = np.array([1 + 2j, 3 - 4j], dtype="c8")[::-1]
dates = np.array(["2024-02-29", "NaT"], dtype="M8[D]")
ticks = np.array([1, 2], dtype="m8[25s]")
texts = np.array(["naïve", "ab"], dtype="U7")
codes = np.array([b"ab", b"c"], dtype="S3")
flags = np.array([True, False])
records = np.zeros(3, dtype=[("id", "u1"), ("xyz", ">f4", (3,)), ("when", "M8[s]")])
records["xyz"][:, 1] = [1, 2, 3]
field = records["xyz"]
aligned = np.zeros(2, dtype=np.dtype([("a", "i1"), ("b", "f8")], align=True))
out_of_order = np.zeros(
    2, np.dtype({"names": ["a", "b"], "formats": ["<i4", "<f8"], "offsets": [8, 0], "itemsize": 16})
)
overlapping = np.zeros(
    2, np.dtype({"names": ["a", "b"], "formats": ["<i4", "<i2"], "offsets": [0, 2], "itemsize": 4})
)
window = np.frombuffer(bytearray(range(32)), dtype="<u2", offset=4)[1::2]
over_view = np.asarray(memoryview(bytearray(range(32)))[::4])
matrix = np.matrix([[1, 2], [3, 4]])
through_memoryview = memoryview(base)[1:]
columns_memoryview = memoryview(base.T)

expected = {
    name: value.tobytes()
    for name, value in list(globals().items())
    if isinstance(value, (np.ndarray, memoryview))
}

pickled = np.array([1, "two", None], dtype=object)
half_pickled = np.zeros(2, dtype=[("a", "i4"), ("b", "O")])
beyond = np.lib.stride_tricks.as_strided(base, (1000,), (8,))
masked = np.ma.array([1, 2, 3], mask=[0, 1, 0], dtype="i4")
number = np.float32(1.5)


class OwnArray(np.ndarray):
    ran = []

    def __array_finalize__(self, other):
        OwnArray.ran.append("__array_finalize__")


own_array = base.view(OwnArray)
OwnArray.ran.clear()
