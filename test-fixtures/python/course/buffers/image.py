import numpy as np
from PIL import Image

picture = Image.open('photo.jpg')
memory = memoryview(picture.tobytes())
pixels = np.frombuffer(memory, dtype=np.uint8)
pixels = pixels.reshape(picture.height, picture.width, len(picture.getbands()))
np.multiply(pixels, 1.5, out=pixels)  # error: [numpy-readonly] "output array is read-only"
np.clip(pixels, 0, 255, out=pixels)  # error: [numpy-readonly] "output array is read-only"
shared = Image.frombuffer(picture.mode, picture.size, pixels, 'raw', picture.mode, 0, 1)

# With memory that may be written, the product still is a float.
pixels = np.frombuffer(bytearray(picture.tobytes()), dtype=np.uint8)
np.multiply(pixels, 1.5, out=pixels)  # error: [numpy-casting] "Cannot cast ufunc 'multiply' output from dtype('float64') to dtype('uint8')"
brighter = np.clip(pixels * 1.5, 0, 255).astype(np.uint8)
