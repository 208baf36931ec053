from array import array


def every_code():
    for code in 'bBhHiIlLqQfd':
        array(code)


def double():
    array('d', [1.0])


def unicode():
    array('u', 'abc')


def through_a_name():
    code = 'i'
    array(code, [1])


def another_array():
    def array(code, values):
        return values

    array('f8', [1])


def chosen():
    code = 'x'
    if code not in 'bB':
        code = 'b'
    array(code)


def sliced():
    code = 'int'
    array(code[0])


def expected():
    try:
        array('x')
    except ValueError:
        pass


def expected_type():
    try:
        array('ii')
    except TypeError:
        pass


def given(code='x'):
    pass


def replaced():
    code = 'x'
    code = code.replace('x', 'b')
    array(code)
