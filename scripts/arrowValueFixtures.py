"""Writes Arrow files with columns of every type, and what pyarrow reads from them, into test-fixtures/arrow/.

`python scripts/arrowValueFixtures.py`, with pyarrow of PyPI. expect.json has, by file and column of a batch, each value
as text: Python's own repr, but for times and decimals, which are written out.
"""
import datetime
import decimal
import json
import pathlib

import numpy as np
import pyarrow as pa
import pyarrow.feather

folder = pathlib.Path(__file__).parent.parent / "test-fixtures/arrow"
folder.mkdir(exist_ok=True)


def text(value):
    """A scalar of pyarrow as Strata prints it."""
    kind = value.type
    if pa.types.is_union(kind):
        return "None" if value.value is None else text(value.value)
    if pa.types.is_run_end_encoded(kind) or pa.types.is_dictionary(kind):
        return text(pa.scalar(value.as_py(), kind.value_type))
    if not value.is_valid:
        return "None"
    if pa.types.is_timestamp(kind) or pa.types.is_date64(kind):
        unit = "ms" if pa.types.is_date64(kind) else kind.unit
        return str(np.datetime64(value.value, unit))
    if pa.types.is_date32(kind):
        return str(np.datetime64(value.value, "D"))
    if pa.types.is_duration(kind):
        return str(np.timedelta64(value.value, kind.unit))
    if pa.types.is_time(kind):
        digits = {"s": 0, "ms": 3, "us": 6, "ns": 9}[kind.unit]
        seconds, rest = divmod(value.value, 10**digits)
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        return clock + (f".{rest:0{digits}}" if digits else "")
    if pa.types.is_decimal(kind):
        return f"{value.as_py():f}"
    if pa.types.is_interval(kind):
        return str(tuple(value.as_py()))
    if pa.types.is_floating(kind):
        return str({16: np.float16, 32: np.float32, 64: np.float64}[kind.bit_width](value.as_py()))
    if pa.types.is_map(kind):
        return "[" + ", ".join(f"({text(item['key'])}, {text(item['value'])})" for item in value.values) + "]"
    if pa.types.is_struct(kind):
        return "{" + ", ".join(f"{name!r}: {text(value[at])}" for at, name in enumerate(names(kind))) + "}"
    if pa.types.is_nested(kind):
        return "[" + ", ".join(text(item) for item in value.values) + "]"
    return repr(value.as_py())


def names(kind):
    return [kind.field(at).name for at in range(kind.num_fields)]


def columns():
    utc = datetime.timezone.utc
    moment = datetime.datetime(2024, 2, 29, 12, 34, 56, 789012)
    list_of_structs = pa.list_(pa.struct([("name", pa.string()), ("sizes", pa.list_(pa.int16()))]))
    people = [[{"name": "Ann", "sizes": [1, 2]}, {"name": None, "sizes": []}], None, [], [None], [{"name": "é", "sizes": None}]]
    plain = {
        "i8": pa.array([1, -2, None, 127, -128], pa.int8()),
        "u64": pa.array([0, 2**64 - 1, None, 5, 6], pa.uint64()),
        "i64": pa.array([-(2**63), 2**63 - 1, 0, None, 1], pa.int64()),
        "f16": pa.array(np.array([0.5, -0.0, 100.25, np.nan, 1e-4], np.float16)),
        "f32": pa.array([0.1, None, float("inf"), -1e30, 1234.5], pa.float32()),
        "f64": pa.array([0.1, None, float("nan"), -1e300, 1e16], pa.float64()),
        "flags": pa.array([True, None, False, True, False]),
        "words": pa.array(["a", None, "", "naïve 'quoted'\n", "🦀"]),
        "large_words": pa.array(["x", "yy", None, "", "zzz"], pa.large_string()),
        "blobs": pa.array([b"\x00\xff", None, b"", b"abc", b"'"]),
        "fixed_blobs": pa.array([b"abc", None, b"\x00\x01\x02", b"xyz", b"end"], pa.binary(3)),
        "views": pa.array(["short", None, "longer than twelve bytes", "", "another long text, in data"], pa.string_view()),
        "blob_views": pa.array([b"\x01", None, b"longer than twelve bytes", b"", b"x" * 13], pa.binary_view()),
        "decimals": pa.array([decimal.Decimal("1.23"), None, decimal.Decimal("-0.01"), decimal.Decimal("0.00"), decimal.Decimal("12345678901234567890.12")], pa.decimal128(22, 2)),
        "wide_decimals": pa.array([decimal.Decimal("-1.5"), None, decimal.Decimal("2"), None, decimal.Decimal("10")], pa.decimal256(50, 3)),
        "days": pa.array([datetime.date(1969, 12, 31), None, datetime.date(2024, 2, 29), None, datetime.date(1, 1, 1)]),
        "days64": pa.array([datetime.date(1969, 12, 31), None, datetime.date(2024, 2, 29), None, datetime.date(1970, 1, 1)], pa.date64()),
        "seconds": pa.array([moment, None, moment, None, moment], pa.timestamp("s")),
        "zoned": pa.array([moment.replace(tzinfo=utc)] * 4 + [None], pa.timestamp("us", tz="Europe/Berlin")),
        "nanos": pa.array([0, None, -1, 10**18, 1], pa.timestamp("ns")),
        "clock32": pa.array([0, None, 86399, 1, 3661], pa.time32("s")),
        "clock64": pa.array([0, None, 86399 * 10**9 + 1, 1, 2], pa.time64("ns")),
        "spans": pa.array([0, None, -5, 10**12, 1], pa.duration("us")),
        "intervals": pa.array([pa.MonthDayNano([1, -2, 3]), None, pa.MonthDayNano([0, 0, 0]), None, pa.MonthDayNano([12, 31, 10**9])]),
        "nothing": pa.nulls(5),
        "lists": pa.array([[1, None, 3], [], None, [4], list(range(12))], pa.list_(pa.int32())),
        "large_lists": pa.array([[b"a"], [], None, [None], [b"b", b"cc"]], pa.large_list(pa.binary())),
        "list_views": pa.array([["a"], [], None, ["b", None], ["c"]], pa.list_view(pa.string())),
        "pairs": pa.array([[1.5, 2.5], None, [0.0, None], [1.0, 2.0], [3.0, 4.0]], pa.list_(pa.float64(), 2)),
        "people": pa.array(people, list_of_structs),
        "points": pa.array([{"x": 1, "y": "a"}, None, {"x": None, "y": ""}, {"x": 3, "y": None}, {"x": 4, "y": "d"}], pa.struct([("x", pa.int16()), ("y", pa.string())])),
        "maps": pa.array([[("a", 1), ("b", None)], None, [], [("c", 3)], [("d", 4)]], pa.map_(pa.string(), pa.int32())),
        "codes": pa.array(["x", "y", None, "x", "z"]).dictionary_encode(),
        "code_lists": pa.array([["p", "q"], None, [], ["q"], [None]], pa.list_(pa.string())),
        "dense": pa.UnionArray.from_dense(
            pa.array([0, 1, 0, 1, 0], pa.int8()), pa.array([0, 0, 1, 1, 2], pa.int32()), [pa.array([1, None, 3]), pa.array(["a", "b"])], ["n", "s"]
        ),
        "sparse": pa.UnionArray.from_sparse(
            pa.array([7, 5, 7, 5, 5], pa.int8()), [pa.array([1, 2, None, 4, 5]), pa.array(["a", "b", "c", None, "e"])], ["n", "s"], [7, 5]
        ),
        "runs": pa.RunEndEncodedArray.from_arrays(pa.array([2, 3, 5], pa.int32()), pa.array(["a", None, "b"])),
    }
    return plain


expect = {}


def told(name, batches):
    expect[name] = {
        f"batch {number}/{field}": [text(value) for value in batch.column(at)]
        for number, batch in enumerate(batches)
        for at, field in enumerate(batch.schema.names)
    }


all_columns = columns()
batch = pa.record_batch(list(all_columns.values()), list(all_columns))
# The second batch is a slice: its buffers do not begin where its values do until they are written.
batches = [batch, batch.slice(1, 3)]
with pa.ipc.new_file(folder / "every.arrow", batch.schema) as writer:
    for each in batches:
        writer.write_batch(each)
told("every.arrow", batches)

# A stream whose dictionary grows, and is replaced, between batches.
words = [pa.array(["a", "b", None]), pa.array(["a", "b", "c"]), pa.array(["z", "y"])]
dictionaries = [pa.array(["a", "b"]), pa.array(["a", "b", "c"]), pa.array(["y", "z"])]
codes = [
    pa.DictionaryArray.from_arrays(pa.array([None if word is None else values.to_pylist().index(word) for word in part.to_pylist()], pa.int8()), values)
    for part, values in zip(words, dictionaries)
]
parts = [pa.record_batch([part], ["code"]) for part in codes]
with pa.ipc.new_stream(folder / "growing.arrows", parts[0].schema, options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)) as writer:
    for part in parts:
        writer.write_batch(part)
told("growing.arrows", parts)

# Compressed, some of whose buffers do not pay and are left as they are.
simple = {name: all_columns[name] for name in ["i64", "words", "lists", "codes", "flags", "points"]}
long = pa.table({"n": pa.array([None if k % 5 == 0 else k for k in range(300)], pa.int32()), "w": pa.array([f"row {k % 7}" for k in range(300)])})
for codec in ["lz4", "zstd"]:
    options = pa.ipc.IpcWriteOptions(compression=codec)
    small = pa.record_batch(list(simple.values()), list(simple))
    with pa.ipc.new_file(folder / f"{codec}.arrow", small.schema, options=options) as writer:
        writer.write_batch(small)
    told(f"{codec}.arrow", [small])
pa.feather.write_feather(long, folder / "long.feather", compression="zstd")
told("long.feather", long.to_batches())

(folder / "expect.json").write_text(json.dumps(expect, indent=1, ensure_ascii=False) + "\n")
