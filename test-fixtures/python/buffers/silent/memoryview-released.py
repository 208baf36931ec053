def before():
    view = memoryview(b'abc')
    view[0]
    view.release()


def inside_with():
    with memoryview(b'abc') as view:
        view[0]


def twice():
    view = memoryview(b'abc')
    view.release()
    view.release()


def slice_lives_on():
    view = memoryview(b'abc')
    part = view[1:]
    view.release()
    part[0]


def cast_lives_on():
    view = memoryview(bytes(8))
    numbers = view.cast('q')
    view.release()
    numbers[0]


def made_again():
    view = memoryview(b'abc')
    view.release()
    view = memoryview(b'abcd')
    view[0]


def shown():
    view = memoryview(b'abc')
    view.release()
    print(view, repr(view), isinstance(view, memoryview))


def compared():
    view = memoryview(b'abc')
    view.release()
    view == b'abc'


def in_one_branch():
    view = memoryview(b'abc')
    if len(view) > 3:
        view.release()
    view[0]


def in_a_finally():
    view = memoryview(b'abc')
    try:
        view[0]
    finally:
        view.release()


def in_a_loop():
    for _ in range(2):
        view = memoryview(b'abc')
        view[0]
        view.release()


def expected():
    view = memoryview(b'abc')
    view.release()
    try:
        view[0]
    except ValueError:
        pass


def of_another_object():
    class Lock:
        def release(self):
            pass

        def __getitem__(self, index):
            return index

    lock = Lock()
    lock.release()
    lock[0]
