# installed: pandas 3.1.1
import numpy as np
import pandas as pd


def read():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    frame['a'].values[0]


def copied():
    values = pd.Series([1, 2]).values.copy()
    values[0] = 5


def to_numpy_copy():
    values = pd.Series([1, 2]).to_numpy(copy=True)
    values[0] = 5


def new_array():
    values = np.array(pd.Series([1, 2]))
    values[0] = 5


def computed():
    values = pd.Series([1, 2]).values * 2
    values[0] = 5


def several_columns():
    frame = pd.DataFrame({'a': [1, 2], 'b': [1.0, 2.0]})
    frame.values[0, 0] = 5


def text():
    values = pd.Series(['a', 'b']).values
    values[0] = 'c'


def in_one_step():
    frame = pd.DataFrame({'a': [1, 2]})
    frame.loc[0, 'a'] = 5


def made_writable():
    values = pd.Series([1, 2]).values.copy()
    values.sort()


def nullable():
    values = pd.Series([1, 2], dtype='Int64').values
    values[0] = 5


def expected():
    values = pd.Series([1, 2]).values
    try:
        values[0] = 5
    except ValueError:
        pass
