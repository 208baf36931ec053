"""Tensors of the stand-in for torch, and by name the bytes of their elements in C order."""
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parent / "standIns"))
import torch

_numbers = np.arange(24, dtype="f4").reshape(4, 6)
_halves = np.arange(4, dtype="u2")
tensor = torch.Tensor(_numbers, _numbers)
transposed = torch.Tensor(_numbers.T, _numbers)
part = torch.Tensor(_numbers[1:, ::2], _numbers)
brain_floats = torch.Tensor(_halves, _halves, dtype="torch.bfloat16")

expected = {
    name: value._array.tobytes()
    for name, value in list(globals().items())
    if isinstance(value, torch.Tensor)
}
