# installed: pandas 3.1.1
import pandas as pd


def _frame():
    return pd.DataFrame({'a': [1, 2, 3], 'b': [4, 5, 6]})


def column_then_row():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    # warning: 5 [pandas-chained] "chained assignment never changes 'frame' from pandas 3 on"
    frame['a'][0] = 5
    assert frame['a'].tolist() == [1, 2, 3]


def rows_then_column():
    frame = pd.DataFrame({'a': [1, 2, 3], 'b': [4, 5, 6]})
    # warning: [pandas-chained] "chained assignment never changes 'frame'"
    frame[frame['a'] > 1]['b'] = 7
    assert frame['b'].tolist() == [4, 5, 6]


def by_position():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    # warning: [pandas-chained] "chained assignment never changes 'frame'"
    frame['a'].iloc[0] = 5
    assert frame['a'].tolist() == [1, 2, 3]


def by_label():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    # warning: [pandas-chained] "chained assignment never changes 'frame'"
    frame['a'].loc[0] = 5
    assert frame['a'].tolist() == [1, 2, 3]


def by_mask():
    frame = pd.DataFrame({'a': [1, 2, 3], 'b': [4, 5, 6]})
    # warning: [pandas-chained] "chained assignment never changes 'frame'"
    frame['a'][frame['b'] > 4] = 0
    assert frame['a'].tolist() == [1, 2, 3]


def slice_then_column():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    # warning: [pandas-chained] "chained assignment never changes 'frame'"
    frame[0:2]['a'] = 0
    assert frame['a'].tolist() == [1, 2, 3]


def column_in_a_name():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    name = 'a'
    # warning: [pandas-chained] "chained assignment never changes 'frame'"
    frame[name][1] = 0
    assert frame['a'].tolist() == [1, 2, 3]


def columns_then_column():
    frame = pd.DataFrame({'a': [1, 2, 3], 'b': [4, 5, 6]})
    # warning: [pandas-chained] "chained assignment never changes 'frame'"
    frame[['a', 'b']]['a'] = 0
    assert frame['a'].tolist() == [1, 2, 3]


def made_by_a_function():
    frame = _frame()
    # warning: [pandas-chained] "chained assignment never changes 'frame'"
    frame['a'][0] = 5
    assert frame['a'].tolist() == [1, 2, 3]


def another_name():
    frame = pd.DataFrame({'a': [1, 2, 3]})
    same = frame
    # warning: [pandas-chained] "chained assignment never changes 'same'"
    same['a'][0] = 5
    assert frame['a'].tolist() == [1, 2, 3]
