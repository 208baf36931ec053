# installed: pandas 3.1.1
import pandas as pd


def in_one_step():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    frame.loc[0, 'a'] = 5
    frame.iloc[1, 0] = 6
    frame.at[2, 'a'] = 7


def new_column():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    frame['b'] = 5


def column_of_its_own():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    column = frame['a']
    column[0] = 5


def copy_of_rows():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    rows = frame[frame['a'] > 1].copy()
    rows['a'] = 0


def read():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    frame['a'][0]


def in_place_operator():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    frame['a'] += 1


def dict_of_lists():
    table = {'a': [1, 2, 3]}
    table['a'][0] = 5


def list_of_lists():
    table = [[1, 2], [3, 4]]
    table[0][1] = 5


def of_a_series():
    series = pd.Series([1, 2, 3])
    series[0] = 5
    series.iloc[1] = 6


def mask_in_loc():
    frame = pd.DataFrame({'a': [1, 2, 3], 'b': [4, 5, 6]})
    frame.loc[frame['a'] > 1, 'b'] = 7


def rows_of_a_loc():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    frame.loc[0:1, 'a'] = [7, 8]
