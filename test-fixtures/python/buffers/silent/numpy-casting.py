# installed: numpy 2.4.6
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


def integer_edges():
    np.array([0, 255], dtype=np.uint8)
    np.full(3, -128, 'i1')


def compared_with_more():
    image = np.zeros(3, np.uint8)
    image < 300, image == 300


def integer_in_floats():
    np.array([1, 300], dtype=np.float16) + 300


def widened():
    image = np.zeros(3, np.uint8)
    image.astype(int) + 300


def array_of_more():
    image = np.zeros(3, np.uint8)
    image + np.array([300, 1, 2])


def root_of_floats():
    squares = np.arange(4.0)
    np.sqrt(squares, out=squares)


def root_into_floats():
    np.sqrt(np.arange(4), out=np.empty(4))


def bits_of_integers():
    flags = np.zeros(3, np.uint8)
    flags & 1 | flags


def given_to_a_test():
    def _assert_raises(kind, run):
        pass

    def into_integers():
        array = np.zeros(3, np.uint8)
        array *= 1.5

    _assert_raises(TypeError, into_integers)


def masks_apart():
    values = np.arange(3)
    (values > 1) ^ (values > 0)
    (values > 1) + (values > 0)


def divided_by_more():
    image = np.ones(3, np.uint8)
    image.astype(np.uint16) // 300
