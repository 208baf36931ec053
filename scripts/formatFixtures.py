"""Writes test-fixtures/formats: small files of each format and what their own libraries read from them.

`python scripts/formatFixtures.py`, with numpy, pillow, pyarrow and h5py of PyPI. expect.json has, by file and array
name, dtype, shape and values in C order, as NumPy has them after the library read the file.
"""
import io
import json
import pathlib
import struct
import wave
import zlib

import h5py
import numpy as np
import pyarrow as pa
import pyarrow.feather
from PIL import Image

folder = pathlib.Path(__file__).parent.parent / "test-fixtures/formats"
folder.mkdir(exist_ok=True)
expect = {}


def told(name, **arrays):
    expect[name] = {
        key: {"dtype": value.dtype.str, "shape": list(value.shape), "values": value.ravel().tolist()}
        for key, value in arrays.items()
    }


random = np.random.default_rng(7)
rgb = random.integers(0, 256, (5, 7, 3), dtype=np.uint8)
rgba = random.integers(0, 256, (4, 5, 4), dtype=np.uint8)
grey = random.integers(0, 256, (6, 9), dtype=np.uint8)
deep = random.integers(0, 65536, (3, 4), dtype=np.uint16)
bits = random.integers(0, 2, (5, 11), dtype=np.uint8)
indices = random.integers(0, 13, (4, 7), dtype=np.uint8)
palette = random.integers(0, 256, (16, 3), dtype=np.uint8)


def indexed(values):
    image = Image.fromarray(values, mode="P")
    image.putpalette(palette.ravel().tolist())
    return image


# PNG
Image.fromarray(rgb).save(folder / "rgb.png")
told("rgb.png", **{"pixels (red, green, blue)": rgb})
Image.fromarray(rgba).save(folder / "rgba.png")
told("rgba.png", **{"pixels (red, green, blue, alpha)": rgba})
smooth = np.add.outer(np.arange(40), np.arange(50)).astype(np.uint8)
Image.fromarray(smooth).save(folder / "grey_filtered.png")
told("grey_filtered.png", pixels=smooth)
Image.fromarray(deep).save(folder / "grey16.png")
told("grey16.png", pixels=deep.astype(">u2"))
Image.fromarray(bits * 255).convert("1").save(folder / "bits.png")
told("bits.png", pixels=bits)
indexed(indices).save(folder / "palette.png", bits=4)
told("palette.png", **{"palette indices": indices, "palette (red, green, blue)": palette[: len(Image.open(folder / "palette.png").getpalette()) // 3]})


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def interlaced(values):
    """Adam7 with the filter of each row in turn; Pillow reads such files and does not write them."""
    height, width, bands = values.shape
    out = b""
    for x, y, dx, dy in [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:
        part = values[y::dy, x::dx]
        if part.size == 0:
            continue
        above = np.zeros(part.shape[1] * bands, np.uint8)
        for at, row in enumerate(part.reshape(part.shape[0], -1)):
            up = at % 2 == 1
            out += bytes([2 if up else 0]) + (row - above if up else row).astype(np.uint8).tobytes()
            above = row
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(out)) + chunk(b"IEND", b"")


(folder / "interlaced.png").write_bytes(interlaced(rgb))
assert (np.asarray(Image.open(folder / "interlaced.png")) == rgb).all()
told("interlaced.png", **{"pixels (red, green, blue)": rgb})
bomb = struct.pack(">IIBBBBB", 60000, 60000, 8, 6, 0, 0, 0)
(folder / "bomb.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bomb) + chunk(b"IDAT", zlib.compress(bytes(2000))) + chunk(b"IEND", b"")
)
whole = (folder / "rgb.png").read_bytes()
(folder / "bad_crc.png").write_bytes(whole[:20] + bytes([whole[20] ^ 1]) + whole[21:])
(folder / "cut.png").write_bytes(whole[:-40])

# BMP
Image.fromarray(rgb).save(folder / "rgb.bmp")
told("rgb.bmp", **{"pixels (blue, green, red)": rgb[..., ::-1]})
Image.fromarray(grey).save(folder / "grey.bmp")
told("grey.bmp", pixels=grey)
Image.fromarray(bits * 255).convert("1").save(folder / "bits.bmp")
told("bits.bmp", pixels=bits)
rle = bytes([3, 5, 2, 7, 0, 0, 0, 3, 1, 2, 3, 0, 2, 9, 0, 0, 0, 2, 1, 1, 4, 4, 0, 1])
data_start = 14 + 40 + 16 * 4
head = struct.pack("<2sIHHI", b"BM", data_start + len(rle), 0, 0, data_start)
info = struct.pack("<IiiHHIIiiII", 40, 5, 4, 1, 8, 1, len(rle), 0, 0, 16, 0)
table = b"".join(bytes([b, g, r, 0]) for r, g, b in palette.tolist())
(folder / "runs.bmp").write_bytes(head + info + table + rle)
told("runs.bmp", pixels=np.asarray(Image.open(folder / "runs.bmp")))
(folder / "cut.bmp").write_bytes((folder / "rgb.bmp").read_bytes()[:-30])

# JPEG: both decoders are libjpeg's, so that the values are the same.
smooth_rgb = np.stack([np.add.outer(np.arange(24), np.arange(33)) * k for k in (1, 2, 3)], -1).astype(np.uint8)
Image.fromarray(smooth_rgb).save(folder / "colour.jpg", quality=95, subsampling=0)
told("colour.jpg", **{"pixels (red, green, blue)": np.asarray(Image.open(folder / "colour.jpg"))})
Image.fromarray(grey).save(folder / "grey.jpg", progressive=True)
told("grey.jpg", pixels=np.asarray(Image.open(folder / "grey.jpg")))
(folder / "cut.jpg").write_bytes((folder / "colour.jpg").read_bytes()[:100])

# WAV
def wav(name, width, channels, frames):
    with wave.open(str(folder / name), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(8000)
        file.writeframes(frames)


samples = random.integers(-30000, 30000, (6, 2), dtype=np.int16)
wav("stereo16.wav", 2, 2, samples.tobytes())
told("stereo16.wav", samples=samples)
eight = random.integers(0, 256, (5, 1), dtype=np.uint8)
wav("mono8.wav", 1, 1, eight.tobytes())
told("mono8.wav", samples=eight)
floats = random.normal(size=(4, 1)).astype(np.float32)
body = floats.tobytes()
fmt = struct.pack("<HHIIHH", 3, 1, 8000, 32000, 4, 32)
chunks = b"fmt " + struct.pack("<I", 16) + fmt + b"LIST" + struct.pack("<I", 3) + b"abc\0" + b"data" + struct.pack("<I", len(body)) + body
(folder / "float32.wav").write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
told("float32.wav", samples=floats)
whole = (folder / "stereo16.wav").read_bytes()
(folder / "cut.wav").write_bytes(whole[:-6])

# Arrow: what pyarrow wrote, buffer by buffer.
numbers = pa.array([1, None, 3, 4, 5], pa.int32())
words = pa.array(["a", "bcd", "", None, "é"])
flags = pa.array([True, False, None, True, True])
lists = pa.array([[1, 2], [], None, [3], [4, 5, 6]], pa.list_(pa.int16()))
times = pa.array([0, 1, 2, 3, 4], pa.timestamp("us", tz="UTC"))
codes = pa.array(["x", "y", "x", "x", "y"]).dictionary_encode()
table = pa.table({"n": numbers, "w": words, "f": flags, "l": lists, "t": times, "c": codes})
more = pa.table({"n": pa.array(np.arange(500, dtype=np.int32)), "w": pa.array([f"row {k % 7}" for k in range(500)])})


def buffer(array, at, dtype, count):
    return np.frombuffer(array.buffers()[at], dtype)[:count]


arrow = {
    "batch 0/n.validity": buffer(numbers, 0, "u1", 1),
    "batch 0/n.data": buffer(numbers, 1, "<i4", 5),
    "batch 0/w.offsets": buffer(words, 1, "<i4", 6),
    "batch 0/w.data": buffer(words, 2, "u1", 6),
    "batch 0/f.data": buffer(flags, 1, "u1", 1),
    "batch 0/l.offsets": buffer(lists, 1, "<i4", 6),
    "batch 0/l.item.data": buffer(lists, 3, "<i2", 6),
    "batch 0/c.indices": buffer(codes, 1, "<i4", 5),
    "dictionary of c.offsets": buffer(codes.dictionary, 1, "<i4", 3),
}
with pa.ipc.new_file(folder / "columns.arrow", table.schema) as writer:
    writer.write_table(table)
told("columns.arrow", **arrow)
with pa.ipc.new_stream(folder / "columns.arrows", table.schema) as writer:
    writer.write_table(table)
told("columns.arrows", **arrow)
packed = {
    "batch 0/n.data": np.arange(500, dtype="<i4"),
    "batch 0/w.offsets": buffer(more["w"].chunk(0), 1, "<i4", 501),
    "batch 0/w.data": buffer(more["w"].chunk(0), 2, "u1", 2500),
}
for codec in ["lz4", "zstd"]:
    pa.feather.write_feather(more, folder / f"{codec}.feather", compression=codec)
    told(f"{codec}.feather", **packed)
(folder / "cut.arrow").write_bytes((folder / "columns.arrow").read_bytes()[:-20])

# Parquet: the map of the file, as pyarrow reads the footer.
import pyarrow.parquet  # noqa: E402

pa.parquet.write_table(table, folder / "columns.parquet", row_group_size=3, write_page_index=True)
footer = pa.parquet.ParquetFile(folder / "columns.parquet").metadata
chunks = [
    footer.row_group(group).column(column)
    for group in range(footer.num_row_groups)
    for column in range(footer.num_columns)
]
(folder / "columns.parquet.json").write_text(
    json.dumps(
        [
            {
                "name": f"group {at // footer.num_columns}/{chunk.path_in_schema}",
                "start": chunk.dictionary_page_offset or chunk.data_page_offset,
                "byteLength": chunk.total_compressed_size,
            }
            for at, chunk in enumerate(chunks)
        ],
        indent=1,
    )
    + "\n"
)
(folder / "cut.parquet").write_bytes((folder / "columns.parquet").read_bytes()[:-1])

# HDF5, with what NumPy has no dtype for too.
cube = np.arange(60, dtype="<i2").reshape(3, 4, 5)
records = np.array([(1, 2.5), (3, -4.5)], dtype=[("x", "<i2"), ("y", "<f8")])
with h5py.File(folder / "datasets.h5", "w") as file:
    file["plain"] = rgb
    file.create_dataset("group/chunked", data=cube, chunks=(2, 3, 2), compression="gzip", shuffle=True)
    file["big"] = np.array([1.5, -2.25], ">f4")
    file["flags"] = np.array([True, False, True])
    file["records/x_y"] = records
    file["scalar"] = 3.5
    file["enumeration"] = np.array([1, 2], h5py.enum_dtype({"a": 1, "b": 2}, "<i4"))
    file["words"] = ["any", "length"]
    file["elsewhere"] = h5py.ExternalLink("other.h5", "/x")
told(
    "datasets.h5",
    plain=rgb,
    **{"group/chunked": cube},
    big=np.array([1.5, -2.25], "<f4"),
    flags=np.array([True, False, True]),
    scalar=np.array(3.5),
    enumeration=np.array([1, 2], "<i4"),
)
with h5py.File(folder / "user_block.mat", "w", userblock_size=512) as file:
    file["a"] = cube
told("user_block.mat", a=cube)
with open(folder / "user_block.mat", "r+b") as file:
    file.write(b"MATLAB 7.3 MAT-file, as MATLAB begins one".ljust(512))
(folder / "cut.h5").write_bytes((folder / "datasets.h5").read_bytes()[:1500])

lines = [f"{json.dumps(name)}: {json.dumps(arrays)}" for name, arrays in expect.items()]
(folder / "expect.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
