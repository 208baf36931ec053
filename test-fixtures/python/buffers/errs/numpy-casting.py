import numpy as np


def course():
    image = np.zeros(3, np.uint8)
    image *= 1.5  # error: 5 [numpy-casting] "Cannot cast ufunc 'multiply' output from dtype('float64') to dtype('uint8') with casting rule 'same_kind'"


def divided():
    array = np.arange(3)
    array /= 2  # error: [numpy-casting] "Cannot cast ufunc 'divide' output from dtype('float64') to dtype('int64')"


def float_array():
    counts = np.zeros(3, 'i4')
    counts += np.ones(3)  # error: [numpy-casting] "Cannot cast ufunc 'add' output from dtype('float64') to dtype('int32')"


def signed_into_unsigned():
    counts = np.zeros(3, np.uint32)
    counts += np.arange(3)  # error: [numpy-casting] "Cannot cast ufunc 'add' output from dtype('int64') to dtype('uint32')"


def complex_into_float():
    signal = np.zeros(3)
    signal *= 1j  # error: [numpy-casting] "Cannot cast ufunc 'multiply' output from dtype('complex128') to dtype('float64')"


def out():
    image = np.zeros(3, np.uint8)
    np.multiply(image, 1.5, out=image)  # error: [numpy-casting] "Cannot cast ufunc 'multiply' output from dtype('float64') to dtype('uint8')"


def out_of_another_type():
    result = np.empty(3, np.int32)
    np.add(np.zeros(3), 1, out=result)  # error: [numpy-casting] "Cannot cast ufunc 'add' output from dtype('float64') to dtype('int32')"


def of_a_slice():
    image = np.zeros((4, 4), np.uint8)
    row = image[0]
    row *= 0.5  # error: [numpy-casting] "Cannot cast ufunc 'multiply' output from dtype('float64') to dtype('uint8')"


def of_a_buffer():
    pixels = np.frombuffer(bytearray(12), np.uint8)
    pixels -= 0.5  # error: [numpy-casting] "Cannot cast ufunc 'subtract' output from dtype('float64') to dtype('uint8')"


def of_a_list():
    numbers = np.array([1, 2, 3])
    numbers *= 2.0  # error: [numpy-casting] "Cannot cast ufunc 'multiply' output from dtype('float64') to dtype('int64')"


def remainder():
    numbers = np.arange(4, dtype=np.int16)
    numbers %= 2.5  # error: [numpy-casting] "Cannot cast ufunc 'remainder' output from dtype('float64') to dtype('int16')"


def _scale(array, factor):
    array *= factor


def through_a_call():
    _scale(np.ones(3, np.uint8), 0.5)  # error: [numpy-casting] "Cannot cast ufunc 'multiply' output from dtype('float64') to dtype('uint8')"
