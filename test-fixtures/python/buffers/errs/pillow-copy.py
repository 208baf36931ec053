# installed: pillow 13.0.0
from PIL import Image
from PIL.Image import frombuffer


def _is_copy(image, data):
    before = image.tobytes()
    data[:] = b'\xff' * len(data)
    return image.tobytes() == before


def rgb():
    data = bytearray(48)
    # information: 30 [pillow-copy] "an image of mode 'RGB' copies its buffer"
    image = Image.frombuffer('RGB', (4, 4), data, 'raw', 'RGB', 0, 1)
    assert _is_copy(image, data)


def grey_with_alpha():
    data = bytearray(32)
    # information: [pillow-copy] "an image of mode 'LA' copies its buffer"
    image = Image.frombuffer('LA', (4, 4), data, 'raw', 'LA', 0, 1)
    assert _is_copy(image, data)


def bits():
    data = bytearray(16)
    # information: [pillow-copy] "an image of mode '1' copies its buffer"
    image = Image.frombuffer('1', (4, 4), data, 'raw', '1', 0, 1)
    assert _is_copy(image, data)


def integers():
    data = bytearray(64)
    # information: [pillow-copy] "an image of mode 'I' copies its buffer"
    image = Image.frombuffer('I', (4, 4), data, 'raw', 'I', 0, 1)
    assert _is_copy(image, data)


def floats():
    data = bytearray(64)
    # information: [pillow-copy] "an image of mode 'F' copies its buffer"
    image = Image.frombuffer('F', (4, 4), data, 'raw', 'F', 0, 1)
    assert _is_copy(image, data)


def ycbcr():
    data = bytearray(48)
    # information: [pillow-copy] "an image of mode 'YCbCr' copies its buffer"
    image = Image.frombuffer('YCbCr', (4, 4), data, 'raw', 'YCbCr', 0, 1)
    assert _is_copy(image, data)


def hsv():
    data = bytearray(48)
    # information: [pillow-copy] "an image of mode 'HSV' copies its buffer"
    image = frombuffer('HSV', (4, 4), data, 'raw', 'HSV', 0, 1)
    assert _is_copy(image, data)


def mode_in_a_name():
    data = bytearray(48)
    mode = 'RGB'
    # information: [pillow-copy] "an image of mode 'RGB' copies its buffer"
    image = Image.frombuffer(mode, (4, 4), data, 'raw', mode, 0, 1)
    assert _is_copy(image, data)


def of_a_view():
    data = bytearray(48)
    view = memoryview(data)
    # information: [pillow-copy] "an image of mode 'RGB' copies its buffer"
    image = Image.frombuffer('RGB', (4, 4), view, 'raw', 'RGB', 0, 1)
    assert _is_copy(image, data)


def size_in_a_name():
    data = bytearray(48)
    size = (4, 4)
    # information: [pillow-copy] "an image of mode 'LAB' copies its buffer"
    image = Image.frombuffer('LAB', size, data, 'raw', 'LAB', 0, 1)
    assert _is_copy(image, data)
