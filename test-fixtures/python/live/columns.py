"""Columns of pandas and Arrow. By expression, the parts that each is made of and their bytes in C order."""
import numpy as np
import pandas as pd
import pyarrow as pa

frame = pd.DataFrame({"a": [1, 2, 3], "b": [0.5, 1.5, 2.5], "c": [4, 5, 6]})
series = pd.Series([10, 20, 30], dtype="i2")
every_second = pd.Series(np.arange(6.0))[::2]
optional = pd.Series([1, None, 3], dtype="Int64")
category = pd.Series(["x", "y", "x"], dtype="category")
zoned = pd.Series(pd.date_range("2024-01-01", periods=2, tz="Europe/Paris", unit="ns"))
index = pd.Index([7, 8])
wide = pd.DataFrame(np.zeros((2, 3000)))
counted = pd.RangeIndex(3)

numbers = pa.array([1, None, 3], pa.int32())
strings = pa.array(["a", "", None, "bcd"])
lists = pa.array([[1, 2], [], [3]], pa.list_(pa.int16()))
structs = pa.array([{"x": 1, "y": "p"}, {"x": 2, "y": "q"}])
coded = pa.array(["u", "v", "u"]).dictionary_encode()
moments = pa.array([0, 1], pa.timestamp("ms"))
later = pa.array([1, 2, 3], pa.int64()).slice(1)
chunks = pa.chunked_array([[1, 2], [3]], pa.int8())
table = pa.table({"n": pa.array([1.5, 2.5]), "t": pa.array(["k", "lm"])})


def buffers(array, *names):
    """The buffers that there are, by their names in the specification."""
    return {name: b.to_pybytes() for name, b in zip(names, array.buffers()) if b is not None}


def column(name):
    return frame[name].to_numpy().tobytes()


text_parts = buffers(pa.array(["u", "v"]), "validity", "offsets", "data")
expected = {
    "frame": {
        "a": column("a"),
        "b": column("b"),
        "c": column("c"),
        "block 0": frame[["a", "c"]].to_numpy().T.tobytes(),
        "block 1": frame[["b"]].to_numpy().T.tobytes(),
    },
    "frame['b']": {"": column("b")},
    "series": {"": np.array([10, 20, 30], "i2").tobytes()},
    "every_second": {"": np.array([0.0, 2, 4]).tobytes()},
    "optional": {
        "values": optional.array._data.tobytes(),
        "mask": np.array([False, True, False]).tobytes(),
    },
    "zoned": {"": zoned.array.asi8.tobytes()},
    "index": {"": np.array([7, 8]).tobytes()},
    "numbers": buffers(numbers, "validity", "data"),
    "strings": buffers(strings, "validity", "offsets", "data"),
    "lists": buffers(lists, "validity", "offsets", "values.validity", "values.data"),
    "structs": buffers(structs, "validity", "x.validity", "x.data", "y.validity", "y.offsets", "y.data"),
    "coded": {
        **buffers(coded, "validity", "indices"),
        **{"dictionary." + name: b for name, b in text_parts.items()},
    },
    "moments": buffers(moments, "validity", "data"),
    "later": buffers(later, "validity", "data"),
    "chunks": {
        "[0].data": chunks.chunk(0).buffers()[1].to_pybytes(),
        "[1].data": chunks.chunk(1).buffers()[1].to_pybytes(),
    },
    "table": {
        **{"n." + k: v for k, v in buffers(table["n"].chunk(0), "validity", "data").items()},
        **{"t." + k: v for k, v in buffers(table["t"].chunk(0), "validity", "offsets", "data").items()},
    },
}
