# right shares
class Matrix:
    """Keeps the view, and reads and writes through it."""

    def __init__(self, rows: int, columns: int) -> None:
        memory = memoryview(bytearray(rows * columns * 4))
        self._view: memoryview = memory.cast("i", shape=[rows, columns])

    def __getitem__(self, index: tuple[int, int]) -> int:
        return self._view[index]

    def __setitem__(self, index: tuple[int, int], value: int) -> None:
        self._view[index] = value

    def __buffer__(self, flags: int) -> memoryview:
        return self._view
