# wrong shares: neither format nor shape
import struct


class Matrix:
    def __init__(self, rows: int, columns: int) -> None:
        self.rows = rows
        self.columns = columns
        self._memory = bytearray(rows * columns * struct.calcsize("i"))

    def __getitem__(self, index: tuple[int, int]) -> int:
        (value,) = struct.unpack_from("i", self._memory, self._offset(index))
        return value

    def __setitem__(self, index: tuple[int, int], value: int) -> None:
        struct.pack_into("i", self._memory, self._offset(index), value)

    def _offset(self, index: tuple[int, int]) -> int:
        return (index[0] * self.columns + index[1]) * struct.calcsize("i")

    def __buffer__(self, flags: int) -> memoryview:
        # memoryview(self._memory).cast("i", shape=[self.rows, self.columns])
        return memoryview(self._memory)
