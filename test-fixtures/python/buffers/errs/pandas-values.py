# installed: pandas 3.1.1
import numpy as np
import pandas as pd


def course():
    frame = pd.DataFrame({'A': np.random.rand(10), 'B': np.random.rand(10)})
    column = frame['A'].values
    column[0] = 999  # error: 5 [pandas-values] "assignment destination is read-only"


def at_once():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    frame['a'].values[0] = 5  # error: [pandas-values] "assignment destination is read-only"


def whole():
    frame = pd.DataFrame({'a': [1.0, 2.0]})
    frame['a'].values[:] = 0  # error: [pandas-values] "assignment destination is read-only"


def in_place():
    series = pd.Series([1, 2, 3])
    numbers = series.values
    numbers += 1  # error: [pandas-values] "output array is read-only"


def to_numpy():
    numbers = pd.Series([1.5, 2.5]).to_numpy()
    numbers[1] = 3  # error: [pandas-values] "assignment destination is read-only"


def sorted_in_place():
    series = pd.Series([3, 1, 2])
    series.values.sort()  # error: [pandas-values] "sort array is read-only"


def of_a_slice():
    frame = pd.DataFrame({'a': range(10)})
    head = frame['a'].to_numpy()[:5]
    head[0] = 1  # error: [pandas-values] "assignment destination is read-only"


def out():
    values = pd.DataFrame({'x': np.zeros(3)})['x'].values
    np.add(values, 1, out=values)  # error: [pandas-values] "output array is read-only"


def filled():
    values = pd.Series(np.arange(3)).values
    values.fill(0)  # error: [pandas-values] "assignment destination is read-only"


def _clear(values):
    values[:] = 0


def through_a_call():
    _clear(pd.Series([1, 2]).values)  # error: [pandas-values] "assignment destination is read-only"


def another_name():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    column = frame['a']
    numbers = column.values
    numbers[2] = 0  # error: [pandas-values] "assignment destination is read-only"
