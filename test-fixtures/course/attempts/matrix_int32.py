# right shares
import numpy as np


class Matrix:
    def __init__(self, rows: int, columns: int) -> None:
        self.rows = rows
        self.columns = columns
        self._values = np.zeros((rows, columns), dtype=np.int32)

    def __getitem__(self, index: tuple[int, int]) -> int:
        return int(self._values[index])

    def __setitem__(self, index: tuple[int, int], value: int) -> None:
        self._values[index] = value

    def __buffer__(self, flags: int) -> memoryview:
        return memoryview(self._values)
