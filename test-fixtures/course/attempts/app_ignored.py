# wrong sound: Line 6: the comment silences
import numpy as np  # type: ignore[import-not-found]

# pyright is silent about what follows
def unpacked(message: bytes) -> str:
    return np.frombuffer(message, offset="twelve").shape  # type: ignore
