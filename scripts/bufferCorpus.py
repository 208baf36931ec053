"""Makes another corpus of the structure of data/buffers, of random values: python scripts/bufferCorpus.py FOLDER SEED

The suites read it with BUFFER_DATA=FOLDER. What is expected is what this Python and its NumPy say.
"""

import hashlib
import io
import json
import math
import random
import struct
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy._core._internal import _dtype_from_pep3118 as read_format

folder, seed = Path(sys.argv[1]), int(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
draw = random.Random(seed)
rng = np.random.default_rng(seed)
files = []


def number(value):
    value = float(value)
    if math.isnan(value):
        return {"$f": "nan"}
    if math.isinf(value):
        return {"$f": "inf" if value > 0 else "-inf"}
    return {"$f": "-0"} if value == 0 and math.copysign(1, value) < 0 else value


def integer(value):
    value = int(value)
    return value if abs(value) <= 2**53 else {"$int": str(value)}


def plain(value, dtype):
    """A value as the manifests have it."""
    if dtype.subdtype:
        base, _ = dtype.subdtype
        return plain_array(np.asarray(value), base)
    if dtype.fields:
        return {name: plain(value[name], dtype[name]) for name in dtype.names}
    kind = dtype.kind
    if kind == "b":
        return bool(value)
    if kind in "iu":
        return integer(value)
    if kind == "f":
        return number(value)
    if kind == "c":
        return {"$c": [number(value.real), number(value.imag)]}
    if kind == "S":
        return {"$b": bytes(value).hex()}
    if kind == "V":
        return {"$b": value.tobytes().hex()}
    if kind == "U":
        return str(value)
    if kind in "mM":
        return {"$t": str(value), "i8": integer(value.astype("i8"))}
    raise ValueError(dtype)


def plain_array(array, dtype):
    if array.ndim == 0:
        return plain(array[()], dtype)
    return [plain_array(item, dtype) if array.ndim > 1 else plain(item, dtype) for item in array]


def tree(dtype):
    if dtype.subdtype:
        base, shape = dtype.subdtype
        return {"subarray": {"base": tree(base), "shape": list(shape), "itemsize": dtype.itemsize}}
    result = {"str": dtype.str, "kind": dtype.kind, "itemsize": dtype.itemsize}
    if dtype.fields:
        result["fields"] = []
        for name in dtype.names:
            field, offset, *title = dtype.fields[name]
            result["fields"].append(
                {"name": name, "offset": offset, "title": title[0] if title else None, "dtype": tree(field)}
            )
    return result


def buffer_format(array):
    try:
        return memoryview(array).format
    except (ValueError, BufferError, NotImplementedError) as error:
        return {"error": type(error).__name__, "message": str(error)}


def stats(array):
    kind, flat = array.dtype.kind, array.ravel()
    if array.size == 0 or kind not in "biufc":
        return None
    if kind == "c":
        return {"nan": int(np.isnan(flat).sum()), "count": array.size}
    if kind in "biu":
        values = [int(value) for value in flat]
        mean = Fraction(sum(values), len(values))
        spread = sum((value - mean) ** 2 for value in values) / len(values)
        low, high = integer(min(values)), integer(max(values))
        return {"count": array.size, "zeros": values.count(0), "min": low, "max": high,
                "mean": float(mean), "std": math.sqrt(spread)}
    wide = flat.astype(np.float64)
    finite = wide[np.isfinite(wide)]
    result = {"count": array.size, "nan": int(np.isnan(flat).sum()), "posinf": int(np.isposinf(flat).sum()),
              "neginf": int(np.isneginf(flat).sum()), "zeros": int((flat == 0).sum())}
    if len(finite):
        exact = [Fraction(float(value)) for value in finite]
        mean = sum(exact) / len(exact)
        spread = sum((value - mean) ** 2 for value in exact) / len(exact)
        result |= {"min": float(finite.min()) + 0.0, "max": float(finite.max()) + 0.0, "mean": float(mean)}
        # A root of a fraction that no float holds.
        if spread < Fraction(2) ** 1000:
            result["std"] = math.sqrt(spread)
    return result


def described(array):
    return {
        "dtype": tree(array.dtype), "pep3118": buffer_format(array), "shape": list(array.shape),
        "strides": list(array.strides), "size": array.size, "nbytes": array.nbytes,
        "c_contiguous": array.flags.c_contiguous, "f_contiguous": array.flags.f_contiguous,
        "values_c_order": [plain(value, array.dtype) for value in list(array.reshape(-1))[:256]],
        "stats": stats(array),
    }


def add(name, content, kind, ok, **more):
    (folder / name).write_bytes(content)
    files.append({"file": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(),
                  "kind": kind, "ok": ok, **more})


def shape_of(most=4, elements=200):
    while True:
        shape = tuple(draw.choice([1, 1, 2, 3, 4, 5, 7, 0] if draw.random() < 0.1 else [1, 2, 3, 4, 5, 7])
                      for _ in range(draw.randint(0, most)))
        if math.prod(shape) <= elements:
            return shape


scalars = ["?", "i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8",
           "<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "<c8", ">c8", "<c16", ">c16", "S1", "S7", "<U1", "<U5", ">U3", "V3",
           "V9", "<M8[D]", ">M8[ms]", "<M8[7us]", "<m8[h]", ">m8[ns]", "<M8[Y]", "<M8[M]", "<m8[3D]", "<M8[W]"]
names = ["a", "b", "x y", "日本", "f0", "with'quote", 'with"double', "long_name_of_a_field", "é", "ß"]


def dtype_of(depth=0):
    roll = draw.random()
    if depth > 2 or roll < 0.5:
        return np.dtype(draw.choice(scalars))
    chosen = draw.sample(names, draw.randint(1, 4))
    fields = [(name, dtype_of(depth + 1)) for name in chosen]
    if roll < 0.6:
        fields = [(name, (field, tuple(draw.choice([1, 2, 3]) for _ in range(draw.randint(1, 2))))) for name, field in fields]
    elif roll < 0.7:
        fields = [((f"title of {name}", name), field) for name, field in fields]
    elif roll < 0.8:
        return np.dtype(fields, align=True)
    elif roll < 0.85:
        offsets, at = [], 0
        for _, field in fields:
            at += draw.choice([0, 1, 4, 9])
            offsets.append(at)
            at += field.itemsize
        return np.dtype({"names": chosen, "formats": [field for _, field in fields], "offsets": offsets,
                         "itemsize": at + draw.choice([0, 3])})
    return np.dtype(fields)


def fill(shape, dtype):
    """Bytes by chance where any are values, else values that are."""
    array = np.zeros(shape, dtype)
    fill_into(array)
    return array


def fill_into(array):
    dtype = array.dtype
    if dtype.fields:
        for name in dtype.names:
            fill_into(array[name])
        return
    for index in np.ndindex(array.shape):
        array[index] = value_of(dtype)


def value_of(dtype):
    kind = dtype.kind
    if kind == "b":
        return draw.random() < 0.5
    if kind in "iu":
        info = np.iinfo(dtype)
        return draw.choice([info.min, info.max, 0, 1, draw.randint(info.min, info.max), draw.randint(info.min, info.max)])
    if kind == "f":
        return special(dtype)
    if kind == "c":
        part = np.dtype(f"f{dtype.itemsize // 2}")
        return complex(special(part), special(part))
    if kind == "S":
        return bytes(draw.choices(b"abc\x00\xff'\"\\ \n", k=draw.randint(0, dtype.itemsize)))
    if kind == "U":
        return "".join(draw.choices("abé日😀'\"\\ \n\u200b", k=draw.randint(0, dtype.itemsize // 4)))
    if kind == "V":
        return np.void(draw.randbytes(dtype.itemsize))
    unit = np.datetime_data(dtype)[0]
    most = {"Y": 3000, "M": 30000, "W": 100000, "D": 500000}.get(unit, 10**15)
    if draw.random() < 0.15:
        return np.array("NaT", dtype)[()]
    return np.array(draw.randint(-most if kind == "m" else -most // 3, most), "i8").view(dtype.newbyteorder("="))[()]


def special(dtype):
    with np.errstate(all="ignore"):
        info = np.finfo(dtype)
        return draw.choice([np.nan, np.inf, -np.inf, -0.0, 0.0, float(info.max) / 4096, float(info.tiny),
                            float(info.smallest_subnormal), *[float(np.float64(draw.gauss(0, 10**draw.randint(-4, 4))).astype(dtype)) for _ in range(8)]])


def npy(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return out.getvalue()


def header(text, version=1, data=b"", length=None):
    body = text.encode("latin1") if isinstance(text, str) else text
    size = len(body) if length is None else length
    return b"\x93NUMPY" + bytes([version, 0]) + size.to_bytes(2 if version == 1 else 4, "little") + body + data


def make_arrays():
    for at in range(90):
        dtype = np.dtype(scalars[at]) if at < len(scalars) else dtype_of()
        array = fill(shape_of(), dtype)
        if draw.random() < 0.3 and array.ndim > 1:
            array = np.asfortranarray(array)
        needs_three = any(ord(character) > 255 for character in str(dtype.descr if dtype.fields else ""))
        version = (3, 0) if needs_three else draw.choice([(1, 0), (1, 0), (2, 0), (3, 0)])
        content = npy(array, version)
        start = len(content) - array.nbytes
        add(f"n{at:03}.npy", content, "npy", True, version=list(version), data_offset=start,
            fortran_order=array.flags.f_contiguous and not array.flags.c_contiguous, note="", **described(np.load(io.BytesIO(content))))
    for at in range(6):
        members, out = [], io.BytesIO()
        with zipfile.ZipFile(out, "w", draw.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
            for name in draw.sample(["a", "b/c", "日本", "x y", "d.e"], 3):
                array = fill(shape_of(), dtype_of(2))
                archive.writestr(f"{name}.npy", npy(array, None))
                members.append((f"{name}.npy", array))
        with zipfile.ZipFile(out) as archive:
            rows = []
            for name, array in members:
                info = archive.getinfo(name)
                local = out.getvalue()[info.header_offset:]
                start = info.header_offset + 30 + sum(struct.unpack("<HH", local[26:30]))
                rows.append({"name": name, "method": info.compress_type, "csize": info.compress_size, "usize": info.file_size,
                             "crc": info.CRC, "data_offset": start, "array": described(np.load(io.BytesIO(archive.read(name))))})
        add(f"z{at}.npz", out.getvalue(), "npz", True, note="", members=rows)
    codes = {"F32": "<f4", "F64": "<f8", "F16": "<f2", "I8": "i1", "I16": "<i2", "I32": "<i4", "I64": "<i8", "U8": "u1",
             "U16": "<u2", "U32": "<u4", "U64": "<u8", "BOOL": "?"}
    for at in range(4):
        head, data, tensors = {}, b"", {}
        for name in draw.sample(["w", "b.0", "日本", "__x", "q"], 4):
            code = draw.choice(list(codes))
            array = fill(shape_of(3), np.dtype(codes[code]))
            head[name] = {"dtype": code, "shape": list(array.shape), "data_offsets": [len(data), len(data) + array.nbytes]}
            data += array.tobytes()
            tensors[name] = plain_array(array, array.dtype)
        text = json.dumps(head).encode()
        text += b" " * (-len(text) % 8)
        add(f"t{at}.safetensors", struct.pack("<Q", len(text)) + text + data, "safetensors", True, tensors=tensors, header=head)
    for at in range(3):
        array = fill((50,), np.dtype(draw.choice(["<f8", ">f4", "<i8", ">u2"])))
        add(f"raw{at}.bin", array.tobytes(), "raw", True, as_=described(array))
    for at, code in enumerate(["<bHq", ">d3sI", "@bidh", "=?fQ", "@2h4xq"]):
        rows = [tuple(pack_value(one) for one in fields_of(code)) for _ in range(5)]
        content = b"".join(struct.pack(code, *row) for row in rows)
        values = [[struct_value(value) for value in row] for row in struct.iter_unpack(code, content)]
        add(f"rec{at}.bin", content, "records", True, struct=code, itemsize=struct.calcsize(code), values=values)
    content = bytearray(rng.integers(0, 200, 70000, np.uint8).tobytes())
    needle, hits = b"\xc8\xc9\xfe", sorted(draw.sample(range(0, 69990, 7), 9))
    for hit in hits:
        content[hit:hit + 3] = needle
    add("needles.bin", bytes(content), "raw", True, needle=needle.hex(), hits=hits)


def make_hostile():
    good = "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }\n"
    data = bytes(24)

    def bad(name, content):
        verdict = {}
        if name.endswith(".npy"):
            try:
                verdict = {"ok": True, "shape": list(np.load(io.BytesIO(content)).shape)}
            except Exception as error:
                verdict = {"ok": False, "type": type(error).__name__, "message": str(error)}
        add(name, content, name.rsplit(".")[-1], False, why="", numpy_load=verdict)

    changes = {
        "call": good.replace("'<f8'", "__import__('os').getcwd()"), "lambda": good.replace("'<f8'", "lambda: 0"),
        "format": good.replace("'<f8'", "f'{1}'"), "sum": good.replace("(3,)", "(1+2,)"), "big": good.replace("(3,)", f"({10**30},)"),
        "many": good.replace("(3,)", "(" + "1," * 70 + ")"), "product": good.replace("(3,)", "(4294967296, 4294967296)"),
        "minus": good.replace("(3,)", "(-3,)"), "text": good.replace("(3,)", "('3',)"), "list": good.replace("False", "[]"),
        "set": "{'descr', 'shape'}\n", "object": good.replace("<f8", "|O"),
        "field": good.replace("'<f8'", "[('a', '<i4'), ('b', '|O')]"), "unit": good.replace("<f8", "<M8[parsec]"),
        "code": good.replace("<f8", "<q9"), "width": good.replace("<f8", "<f7"), "sub": good.replace("'<f8'", "[('a', '<i4', (-1,))]"),
        "wide": good.replace("<f8", "<U4294967296"), "key": good.replace("'shape'", "'shap'"), "more": good.replace("}", "'x': 1}"),
        "open": good.replace("}", ""), "quote": good.replace("'descr'", "'descr"), "deep": "(" * 5000 + ")" * 5000,
        "nan": good.replace("(3,)", "(nan,)"), "true": good.replace("(3,)", "(3.0,)"), "none": good.replace("(3,)", "None"),
        "zero": good.replace("(3,)", "(0, 123456789012)"), "twice": good.replace("}", "'descr': '<f4'}"),
    }
    for name, text in changes.items():
        bad(f"evil_{name}.npy", header(text, data=data))
    bad("evil_cut.npy", header(good, data=data)[:-5])
    bad("evil_long.npy", header(good, data=data, length=60000))
    bad("evil_four.npy", header(good, version=4, data=data))
    bad("evil_four_gb.npy", header(good, version=2, data=data, length=2**32 - 1))
    bad("evil_utf8.npy", header(b"{'descr': '\xff'}", version=3, data=data))
    bad("evil_short.npy", b"\x93NUMPY\x01")
    bad("evil_magic.npy", b"\x93NUMPZ\x01\x00" + header(good, data=data)[8:])
    import pickle
    bad("evil_pickle.npy", header(good.replace("<f8", "|O"), data=pickle.dumps([1, 2])))
    for name, text in {"end": '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,999]}}', "shape": '{"a":{"dtype":"F32","shape":[99999999999],"data_offsets":[0,8]}}',
                       "float": '{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}', "type": '{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}',
                       "back": '{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}', "list": "[1]", "json": '{"a":', "deep": '{"a":' + "[" * 9000,
                       "null": '{"a":null}', "minus": '{"a":{"dtype":"U8","shape":[-8],"data_offsets":[0,8]}}'}.items():
        bad(f"evil_{name}.safetensors", struct.pack("<Q", len(text)) + text.encode() + bytes(8))
    bad("evil_length.safetensors", struct.pack("<Q", 2**62) + b"{}")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../x.npy", npy(np.arange(4)))
        archive.writestr("C:\\y.npy", npy(np.arange(4)))
    whole = out.getvalue()
    bad("evil_names.npz", whole)
    bad("evil_cut.npz", whole[:-12])
    bad("evil_crc.npz", whole.replace(npy(np.arange(4))[-8:], b"\x09" * 8))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.npy", npy(np.zeros(4_000_000)))
    bad("evil_bomb.npz", out.getvalue())
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            archive.writestr("a.npy", npy(np.arange(4)))
        bad(f"evil_method{method}.npz", out.getvalue())


codes = "xcb?BhHiIlLqQnNefdspP"


def fields_of(code):
    return [part for part in split(code) if part[1] != "x"]


def split(code):
    count, parts = "", []
    for character in code.lstrip("@=<>!"):
        if character.isdigit():
            count += character
        elif not character.isspace():
            times = int(count or 1)
            if character in "sp":
                parts.append((times, character, code))
            elif character != "x":
                parts += [(1, character, code)] * times
            count = ""
    return parts


def pack_value(part):
    times, character, code = part
    if character == "c":
        return draw.randbytes(1)
    if character in "sp":
        return draw.randbytes(draw.randint(0, times))
    if character == "?":
        return draw.random() < 0.5
    if character in "efd":
        return draw.choice([0.0, -0.0, 1.5, draw.gauss(0, 100), math.inf, math.nan, -2.25])
    size = struct.calcsize((code[0] if code[0] in "@=<>!" else "@") + character)
    bits = 8 * size
    low, high = (0, 2**bits - 1) if character.isupper() else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    return draw.choice([low, high, 0, draw.randint(low, high)])


def struct_value(value):
    if isinstance(value, bool):
        return value
    if isinstance(value, bytes):
        return {"$b": value.hex()}
    return integer(value) if isinstance(value, int) else number(value)


def struct_layout(code):
    """Offsets as CPython has them: the size up to a field, less the field."""
    mode = code[0] if code and code[0] in "@=<>!" else ""
    parts, at = [], len(mode)
    while at < len(code):
        start = at
        while at < len(code) and code[at].isdigit():
            at += 1
        count = int(code[start:at] or 1)
        character = code[at]
        at += 1
        if character.isspace() or character == "x":
            continue
        before = code[:start]
        if character in "sp":
            size = count
            parts.append({"code": character, "offset": struct.calcsize(f"{before}{count}{character}") - size, "size": size, "count": count})
            continue
        size = struct.calcsize(mode + character)
        for k in range(count):
            parts.append({"code": character, "offset": struct.calcsize(f"{before}{k + 1}{character}") - size, "size": size})
    return {"size": struct.calcsize(code), "fields": parts}


def make_structs():
    sizes = {}
    for code in codes:
        sizes[code] = {}
        for mode in "@=<>!":
            try:
                sizes[code][mode] = struct.calcsize(mode + code)
            except struct.error:
                sizes[code][mode] = None
        sizes[code]["align"] = struct.calcsize(f"b{code}") - struct.calcsize(code)
    formats = []
    for _ in range(400):
        parts = []
        for _ in range(draw.randint(0, 6)):
            count = draw.choice(["", "", "", "0", "2", "3", "10", "00"])
            parts.append(count + draw.choice(codes) + draw.choice(["", "", "", " ", "\t"]))
        code = draw.choice(["", "@", "=", "<", ">", "!"]) + "".join(parts)
        if draw.random() < 0.1:
            code += draw.choice(["5", "<", "z", "=", " 3", "é", "3 i"])
        try:
            formats.append({"format": code, **struct_layout(code)} if struct.calcsize(code) >= 0 else None)
        except (struct.error, UnicodeEncodeError) as error:
            formats.append({"format": code, "error": str(error)})
    pack, errors = [], []
    for _ in range(150):
        code = draw.choice("@=<>!") + "".join(draw.choice(["", "", "2", "5"]) + draw.choice("cb?BhHiIlLqQefdspx") for _ in range(draw.randint(1, 5)))
        values = [pack_value(part) for part in split(code)]
        values = [value for value in values if not (isinstance(value, float) and not math.isfinite(value))] if draw.random() < 0.1 else values
        if any(isinstance(value, bool) or (isinstance(value, float) and (not math.isfinite(value) or value == 0)) for value in values):
            continue
        if draw.random() < 0.4 and values:
            at = draw.randrange(len(values))
            values[at] = draw.choice([10**30, -1, 300, 70000, 2**40, "text", 1.5, 1e300, b"abcdefgh", -(2**63) - 1])
        try:
            made = struct.pack(code, *values)
            pack.append({"format": code, "values": [struct_value(value) for value in values], "hex": made.hex(),
                         "unpacked": [struct_value(value) for value in struct.unpack(code, made)]})
        except (struct.error, OverflowError, TypeError) as error:
            errors.append({"format": code, "values": [value if isinstance(value, str) else struct_value(value) for value in values],
                           "type": type(error).__name__, "message": str(error)})
    write("struct", {"sizes": sizes, "formats": formats, "pack": pack, "errors": errors})


def props(view):
    return {"format": view.format, "itemsize": view.itemsize, "ndim": view.ndim, "shape": list(view.shape), "strides": list(view.strides),
            "nbytes": view.nbytes, "readonly": view.readonly, "c_contiguous": view.c_contiguous,
            "f_contiguous": view.f_contiguous, "contiguous": view.contiguous}


def make_casts():
    rows, sources = [], []
    for _ in range(40):
        code = draw.choice("bBchHiIlLqQnNfd?P")
        shape = tuple(draw.choice([1, 2, 3, 4, 6]) for _ in range(draw.randint(1, 3)))
        raw = memoryview(bytearray(math.prod(shape) * struct.calcsize(code)))
        view = raw.cast(code) if code != "B" else raw
        if len(shape) > 1:
            view = raw.cast(code, shape) if code in "Bbc" else raw.cast("B").cast(code, shape)
        elif draw.random() < 0.4:
            view = view[draw.choice([slice(None, None, 2), slice(None, None, -1), slice(1, None), slice(0, 0)])]
        sources.append((f"{code}{shape}", view))
    for at in range(20):
        array = fill(shape_of(3, 60), np.dtype(draw.choice(scalars[:29])))
        view = draw.choice([lambda a: a, lambda a: a.T, lambda a: a[..., ::2] if a.ndim else a, lambda a: a[::-1] if a.ndim else a])(array)
        try:
            sources.append((f"np{at}", memoryview(view)))
        except (ValueError, BufferError):
            pass
    formats = ["b", "B", "c", "h", "i", "I", "l", "q", "Q", "n", "f", "d", "?", "P", "@B", "@d", "<i", "=i", ">d", "e", "s", "x", "", "2i", "Zd", "@", "@@B", "O"]
    for name, view in sources:
        for code in draw.sample(formats, 10):
            shape = draw.choice([None, None, [view.nbytes], [draw.randint(-1, 6), draw.randint(0, 6)], [], [1] * draw.choice([64, 65]),
                                 [max(1, view.nbytes // 4), 4], [2, -1], [max(1, view.nbytes // 8)]])
            row = {"src": name, "src_props": props(view), "format": code, "shape": shape}
            try:
                row["result"] = props(view.cast(code) if shape is None else view.cast(code, shape))
            except (TypeError, ValueError, NotImplementedError) as error:
                row["error"] = [type(error).__name__, str(error)]
            rows.append(row)
    write("casts", rows)


def make_reshapes():
    rows = []
    base = np.arange(4000, dtype="i4")
    for at in range(60):
        shape = shape_of(4, 120)
        array = base[:math.prod(shape)].reshape(shape, order=draw.choice("CF"))
        for _ in range(draw.randint(0, 2)):
            if array.ndim:
                array = draw.choice([
                    lambda a: a.transpose(draw.sample(range(a.ndim), a.ndim)), lambda a: a[::-1], lambda a: a[..., ::2],
                    lambda a: a[None], lambda a: np.broadcast_to(a, (2, *a.shape)), lambda a: a[..., :1]])(array)
        size = array.size
        for _ in range(6):
            new = draw.choice([
                [-1], [size], [1, size], list(array.shape[::-1]), [-1, max(1, array.shape[-1] if array.ndim else 1)],
                [draw.randint(-2, 7) for _ in range(draw.randint(0, 3))], factors(size), factors(size), factors(size) + [-1]])
            for order in "CFA":
                row = {"src": f"s{at}", "shape": list(array.shape), "strides": list(array.strides), "new": new, "order": order}
                try:
                    made = array.reshape(new, order=order)
                    shared = None if size == 0 else bool(np.shares_memory(made, array))
                    row["result"] = {"shape": list(made.shape), "strides": list(made.strides), "view": shared}
                except ValueError as error:
                    row["error"] = ["ValueError", str(error)]
                rows.append(row)
    write("reshape", rows)


def factors(size):
    result = []
    while size > 1 and len(result) < 3:
        factor = draw.choice([n for n in range(1, size + 1) if size % n == 0])
        result.append(factor)
        size //= factor
    return result + [size]


def make_slices():
    rows = []
    for _ in range(1500):
        length = draw.randint(0, 12)
        ends = [draw.choice([None, draw.randint(-15, 15)]) for _ in range(2)]
        step = draw.choice([None, *[n for n in range(-5, 6) if n]])
        start, stop, stride = slice(*ends, step).indices(length)
        rows.append([length, *ends, step, start, stop, stride, len(range(start, stop, stride))])
    write("slices", rows)


def make_views():
    rows = []
    for at in range(60):
        shape = tuple(draw.choice([1, 2, 3, 4, 5]) for _ in range(draw.randint(2, 4)))
        code = draw.choice(["<i2", "<i4", "<f8", "<u2"])
        A = np.arange(math.prod(shape), dtype=code).reshape(shape)
        expr = "A"
        for _ in range(draw.randint(1, 3)):
            try:
                view = eval(expr)
            except (ValueError, TypeError):
                break
            part = draw.choice(["slice", "slice", "transpose", "T", "reshape", "ravel", "squeeze", "broadcast", "view"])
            if part == "slice" and view.ndim:
                items = [subscript(length) for length in view.shape[:draw.randint(1, view.ndim)]]
                if draw.random() < 0.2:
                    items.insert(draw.randint(0, len(items)), "None")
                if draw.random() < 0.2:
                    items.append("...")
                expr += f"[{', '.join(items)}]"
            elif part == "transpose" and view.ndim:
                expr += f".transpose({','.join(map(str, draw.sample(range(view.ndim), view.ndim)))})"
            elif part == "T":
                expr += ".T"
            elif part == "reshape":
                expr += f".reshape({','.join(map(str, factors(view.size) if view.size else [-1]))})"
            elif part == "ravel":
                expr += ".ravel()"
            elif part == "squeeze":
                expr += ".squeeze()"
            elif part == "broadcast":
                expr = f"np.broadcast_to({expr},({', '.join(map(str, (2, *view.shape)))}))"
            elif part == "view":
                expr += f".view('{draw.choice(['u1', '<u2', '>i2', '<i4', '<i8'])}')"
        rows.append(view_row(expr, A))
    write("views", [row for row in rows if row])


def subscript(length):
    if length and draw.random() < 0.2:
        return str(draw.randint(-length, length - 1))
    ends = [draw.choice(["", "", str(draw.randint(-length - 1, length + 1))]) for _ in range(2)]
    return ":".join([*ends, draw.choice(["1", "2", "-1", "-2", "3"])] if draw.random() < 0.5 else ends)


def view_row(expr, A):
    base = {"shape": list(A.shape), "strides": list(A.strides), "dtype": A.dtype.str, "nbytes": A.nbytes}
    try:
        made = eval(expr)
    except (ValueError, TypeError) as error:
        return {"name": expr, "expr": expr, "base": base, "error": [type(error).__name__, str(error)]}
    if not isinstance(made, np.ndarray) or made.size == 0:
        return None
    view = bool(np.shares_memory(made, A))
    start = A.__array_interface__["data"][0]
    offset = made.__array_interface__["data"][0] - start if view else None
    low, high = np.lib.array_utils.byte_bounds(made) if hasattr(np.lib, "array_utils") else np.byte_bounds(made)
    samples = [{"index": list(index), "byte": sum(i * s for i, s in zip(index, made.strides)) + offset, "value": plain(made[index], made.dtype)}
               for index in list(np.ndindex(made.shape))[::5][:12]] if view else []
    return {"name": expr, "expr": expr, "base": base, "is_view": view, "offset": offset, "shape": list(made.shape), "strides": list(made.strides),
            "itemsize": made.itemsize, "dtype": made.dtype.str, "c": made.flags.c_contiguous, "f": made.flags.f_contiguous, "writeable": made.flags.writeable,
            "byte_range": [int(low) - start, int(high) - start] if view else None,
            "self_overlap": overlaps(made), "samples": samples}


def overlaps(array):
    seen = set()
    for index in np.ndindex(array.shape):
        at = sum(i * s for i, s in zip(index, array.strides))
        touched = set(range(at, at + array.itemsize))
        if seen & touched:
            return True
        seen |= touched
    return False


def make_broadcasts():
    rows = []
    for _ in range(200):
        shapes = [[draw.choice([1, 1, 2, 3, 0 if draw.random() < 0.2 else 4]) for _ in range(draw.randint(0, 4))] for _ in range(2)]
        arrays = [np.zeros(shape, "i4") for shape in shapes]
        try:
            shape = np.broadcast_shapes(*shapes)
            if 0 in shape or 1 in shape:
                continue
            strides = [list(np.broadcast_to(array, shape).strides) for array in arrays]
            rows.append({"shapes": shapes, "result": list(shape), "strides_i4": strides})
        except ValueError as error:
            rows.append({"shapes": shapes, "error": str(error)})
    write("broadcast", rows)


def make_formats():
    rows = []
    for _ in range(250):
        dtype = dtype_of()
        text = buffer_format(np.zeros((), dtype))
        # Of structs in structs, NumPy does not always read back what it wrote.
        if not isinstance(text, str) or same_places(read_format(text), dtype):
            rows.append({"dtype": str(dtype), "layout": tree(dtype), "format": text})
    write("pep3118", rows)


def same_places(one, other):
    if one.subdtype or other.subdtype:
        same = one.subdtype and other.subdtype and one.subdtype[1] == other.subdtype[1]
        return bool(same) and same_places(one.subdtype[0], other.subdtype[0])
    if one.names != other.names:
        return False
    return all(one.fields[name][1] == other.fields[name][1] and same_places(one[name], other[name]) for name in one.names or ())


def write(name, rows):
    (folder / f"expect_{name}.json").write_text(json.dumps(rows))


make_arrays()
make_hostile()
for make in (make_structs, make_casts, make_reshapes, make_slices, make_views, make_broadcasts, make_formats):
    make()
host = {"python": sys.version.split()[0], "numpy": np.__version__, "byteorder": sys.byteorder}
write("manifest", {"host": host, "files": files})
print(f"{len(files)} files in {folder}")
