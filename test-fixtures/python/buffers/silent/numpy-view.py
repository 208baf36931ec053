import numpy as np


def smaller():
    np.zeros((2, 3)).view(np.float32)


def larger():
    np.zeros((2, 4), 'u1').view('u4')


def same_size():
    np.zeros((2, 3)).T.view('i8')


def rows_with_gaps():
    np.zeros((4, 4))[::2].view(np.int32)


def one_item():
    np.zeros((3, 1))[:, ::-1].view(np.int32)


def course():
    array = np.array([1, 2, 3, 4, 5], dtype=np.int32)
    array.view(np.uint8)


def plain():
    np.zeros(3).view()


def copied_first():
    np.ascontiguousarray(np.zeros((2, 3)).T).view('i4')


def converted():
    np.zeros(3, 'u1').astype('u4').view('u1')


def guarded():
    array = np.zeros((2, 3)).T
    if array.flags.c_contiguous:
        array.view('i4')


def another_view():
    class Window:
        def view(self, name):
            return name

    Window().view('u2')


def expected():
    try:
        np.zeros(3, 'u1').view('u2')
    except ValueError:
        pass
