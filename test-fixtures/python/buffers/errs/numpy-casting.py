# installed: numpy 2.4.6
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


def integer_too_large():
    np.array([1, 2, 300], dtype=np.uint8)  # error: 14 [numpy-casting] "Python integer 300 out of bounds for uint8"


def negative_into_unsigned():
    np.full(3, -1, 'u2')  # error: [numpy-casting] "Python integer -1 out of bounds for uint16"


def stored_integer():
    image = np.zeros((2, 2), np.uint8)
    image[0] = 256  # error: [numpy-casting] "Python integer 256 out of bounds for uint8"


def added_integer():
    image = np.zeros(3, np.uint8)
    image + 300  # error: [numpy-casting] "Python integer 300 out of bounds for uint8"


def subtracted_in_place():
    image = np.zeros(3, np.int8)
    part = image[1:]
    part -= 200  # error: [numpy-casting] "Python integer 200 out of bounds for int8"


def root():
    squares = np.arange(4)
    np.sqrt(squares, out=squares)  # error: [numpy-casting] "Cannot cast ufunc 'sqrt' output from dtype('float64') to dtype('int64')"


def bits_of_floats():
    flags = np.zeros(3)
    flags & 1  # error: [numpy-casting] "ufunc 'bitwise_and' not supported for the input types"


def masks():
    values = np.arange(3)
    low, high = values > 0, values > 1
    low - high  # error: [numpy-casting] "numpy boolean subtract, the `-` operator, is not supported"


def remainder_of_complex():
    signal = np.zeros(3, complex)
    signal % 2  # error: [numpy-casting] "ufunc 'remainder' not supported for the input types"


def _store(array, value):
    array[0] = value


def stored_through_a_call():
    _store(np.zeros(2, 'i1'), 128)  # error: [numpy-casting] "Python integer 128 out of bounds for int8"
