"""How the matrix of exercise 2 is used. Leave this file as it is; it needs Python 3.12, and NumPy for its last part."""

from timeit import timeit

from matrix import Matrix

matrix = Matrix(2, 3)
matrix[1, 2] = 65

view = memoryview(matrix)
assert view.shape == (2, 3), f"the view has the shape {view.shape}, not (2, 3)"
assert view.format == "i", f"the view has the format {view.format!r}, not 'i'"
assert view[1, 2] == 65, "the view does not see what the matrix holds"
assert not view.readonly, "the view is read-only"

view[0, 0] = 125
assert matrix[0, 0] == 125, "the view is a copy: the matrix did not see what was written through it"

try:
    import numpy as np
except ImportError:
    print("NumPy is not installed: its part is left out.")
else:
    array = np.asarray(memoryview(matrix))
    array[1, 0] = -2
    assert matrix[1, 0] == -2, "the array is a copy"

    big = Matrix(1000, 1000)
    shared = timeit(lambda: np.asarray(memoryview(big)), number=100)
    copied = timeit(lambda: np.array(memoryview(big)), number=100)
    print(f"A shared array took {shared * 10:.4f} ms, a copied one {copied * 10:.4f} ms.")

print("All fine.")
