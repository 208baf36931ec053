import struct


def every_code():
    struct.calcsize('@xcbB?hHiIlLqQnNefdspP')


def standard_codes():
    struct.calcsize('<xcbB?hHiIlLqQefdsp')


def blanks():
    struct.calcsize(' 2i 4s\th ')


def empty():
    struct.calcsize('')


def expected():
    try:
        struct.calcsize('z')
    except struct.error:
        pass


def expected_broadly():
    try:
        struct.unpack('zz', b'')
    except Exception:
        pass


def one_of_two(flag=True):
    pass


def chosen():
    layout = 'I'
    if len(layout) > 1:
        layout = 'zz'
    struct.calcsize(layout)


def formatted():
    count = 3
    struct.calcsize(f'{count}s')


def joined():
    struct.calcsize('<' + 'I' * 3)


def another_module():
    class struct:
        @staticmethod
        def calcsize(layout):
            return len(layout)

    struct.calcsize('zz')


def suppressed_by_context():
    import contextlib

    with contextlib.suppress(struct.error):
        struct.calcsize('zz')


def replaced():
    layout = 'zz'
    layout = layout.replace('z', 'i')
    struct.calcsize(layout)
