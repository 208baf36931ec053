# installed: pillow 13.0.0
import numpy as np
from PIL import Image


def _shares(mode, data):
    image = Image.frombuffer(mode, (4, 4), data, 'raw', mode, 0, 1)
    before = image.tobytes()
    data[:] = b'\xff' * len(data)
    assert image.tobytes() != before


def grey():
    _shares('L', bytearray(16))


def palette():
    _shares('P', bytearray(16))


def rgba():
    _shares('RGBA', bytearray(64))


def rgbx():
    _shares('RGBX', bytearray(64))


def cmyk():
    _shares('CMYK', bytearray(64))


def sixteen_bits():
    _shares('I;16', bytearray(32))


def said_to_copy():
    Image.frombytes('RGB', (4, 4), bytes(48))


def mode_of_another_image():
    image = Image.new('RGB', (4, 4))
    Image.frombuffer(image.mode, image.size, image.tobytes(), 'raw', image.mode, 0, 1)


def from_array():
    Image.fromarray(np.zeros((4, 4, 3), np.uint8))


def new():
    Image.new('RGB', (4, 4))


def grey_of_a_view():
    _shares('L', memoryview(bytearray(16)))
