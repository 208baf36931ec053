import numpy as np


def new_array():
    image = np.zeros(3, np.uint8)
    image = image * 1.5


def integer():
    image = np.zeros(3, np.uint8)
    image *= 2


def narrower():
    array = np.zeros(3, 'f4')
    array += np.zeros(3)


def narrower_integer():
    array = np.zeros(3, 'i4')
    array += np.arange(3)


def unsigned_into_signed():
    array = np.zeros(3, 'i2')
    array += np.ones(3, 'u4')


def floor():
    array = np.arange(3)
    array //= 2


def divided_floats():
    array = np.zeros(3)
    array /= 2


def bool_into_int():
    array = np.arange(3)
    array += array > 1


def unsafe():
    image = np.zeros(3, np.uint8)
    np.multiply(image, 1.5, out=image, casting='unsafe')


def other_out():
    image = np.zeros(3, np.uint8)
    np.multiply(image, 1.5, out=np.empty(3))


def unknown_dtype():
    array = np.loadtxt(['1', '2'])
    array *= 1.5


def rebound():
    array = np.zeros(3, np.uint8)
    array = array.astype(float)
    array *= 1.5


def expected():
    array = np.zeros(3, np.uint8)
    try:
        array *= 1.5
    except TypeError:
        pass
