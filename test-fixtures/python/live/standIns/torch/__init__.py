"""Stands in for torch where it is not: as much of its interface as is asked for, over NumPy."""
import numpy as np

strided = "strided"
uint8 = "torch.uint8"


class device:
    def __init__(self, kind):
        self.type = kind

    def __str__(self):
        return self.type


class UntypedStorage:
    def __init__(self, array):
        self.array = array

    def nbytes(self):
        return self.array.nbytes

    def data_ptr(self):
        return self.array.ctypes.data


class Tensor:
    layout = strided
    device = device("cpu")

    def __init__(self, array, owner, dtype=None):
        self._array, self._owner = array, owner
        self.shape = array.shape
        self.dtype = dtype or "torch." + array.dtype.name

    def element_size(self):
        return self._array.itemsize

    def untyped_storage(self):
        return UntypedStorage(self._owner)

    def storage_offset(self):
        offset = self._array.ctypes.data - self._owner.ctypes.data
        return offset // self._array.itemsize

    def stride(self):
        return tuple(s // self._array.itemsize for s in self._array.strides)

    def is_contiguous(self):
        return self._array.flags.c_contiguous

    def is_conj(self):
        return False

    def is_neg(self):
        return False

    def set_(self, storage):
        flat = storage.array.reshape(-1).view("u1")
        return Tensor(flat, storage.array)

    def __getitem__(self, key):
        return Tensor(self._array[key], self._owner)

    def __setitem__(self, key, value):
        self._array[key] = value._array

    def cpu(self):
        return self

    def numpy(self):
        return self._array


def empty(count, dtype, device):
    return Tensor(np.empty(count, "u1"), None)


def tensor(values, dtype, device):
    return Tensor(np.array(values, "u1"), None)
