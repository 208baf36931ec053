"""Exercise 2: let this matrix share its memory: `memoryview(Matrix(2, 3))` is a view of shape (2, 3), format 'i'.

Python calls `__buffer__` for it since 3.12 (PEP 688). A view of the bytearray alone would lose format and shape:
`memoryview.cast` gives both, and copies nothing.

Done when Strata finds nothing here or in matrix_uses.py, and `python matrix_uses.py` ends with "All fine."
"""

import struct


class Matrix:
    """Rows × columns of 32-bit integers, row after row."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows = rows
        self.columns = columns
        self._memory = bytearray(rows * columns * struct.calcsize("i"))

    def __getitem__(self, index: tuple[int, int]) -> int:
        row, column = index
        (value,) = struct.unpack_from("i", self._memory, self._offset(row, column))
        return value

    def __setitem__(self, index: tuple[int, int], value: int) -> None:
        row, column = index
        struct.pack_into("i", self._memory, self._offset(row, column), value)

    def _offset(self, row: int, column: int) -> int:
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            raise IndexError(f"[{row}, {column}] of a {self.rows} × {self.columns} matrix")
        return (row * self.columns + column) * struct.calcsize("i")
