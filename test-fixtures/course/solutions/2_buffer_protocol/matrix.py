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

    def __buffer__(self, flags: int) -> memoryview:
        return memoryview(self._memory).cast("i", shape=[self.rows, self.columns])

    def _offset(self, row: int, column: int) -> int:
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            raise IndexError(f"[{row}, {column}] of a {self.rows} × {self.columns} matrix")
        return (row * self.columns + column) * struct.calcsize("i")
