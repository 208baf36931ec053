# right shares
from array import array


class Matrix:
    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self._values = array("i", [0]) * (rows * columns)
        self._view = memoryview(self._values).cast("B").cast("i", (rows, columns))

    def __getitem__(self, index: tuple[int, int]) -> int:
        return self._view[index]

    def __setitem__(self, index: tuple[int, int], value: int) -> None:
        self._view[index] = value

    def __buffer__(self, flags: int) -> memoryview:
        return self._view
