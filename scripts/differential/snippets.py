"""Makes random functions that use buffers, runs each, and prints as JSON the module and where each function raised.

Values are literal, so that what the rules claim can be known from the text. Sizes lie near each other: most operations
are right, some are off by a little.
"""
import contextlib
import inspect
import io
import json
import os
import random
import sys
import tempfile
import traceback
import warnings

HEAD = """import array
import ctypes
import struct
from array import array as Array
from struct import Struct, calcsize, pack_into

import numpy as np
from numpy.lib.stride_tricks import as_strided


def _same(x):
    return x


def _first(x, y):
    return x


def _sliced(x, n):
    return x[n:]

"""

CODES = 'bBhHiIlLqQfd'
NUMPY = ['u1', 'i1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8', 'f4', 'f8', 'f2', '?', 'c8', '>i4', '<i2']
ITEMS = {'u1': 1, 'i1': 1, 'i2': 2, 'u2': 2, 'i4': 4, 'u4': 4, 'i8': 8, 'u8': 8, 'f4': 4, 'f8': 8, 'f2': 2, '?': 1, 'c8': 8, '>i4': 4, '<i2': 2}


class Snippet:
    def __init__(self, r):
        self.r = r
        self.lines = []
        self.names = {kind: [] for kind in ('bytes', 'bytearray', 'view', 'array', 'nd', 'ctypes', 'struct')}
        self.count = 0
        self.depth = 1

    def new(self, kind, expression):
        r = self.r
        self.count += 1
        name = f'{kind[0]}{self.count}'
        choice = r.random()
        if choice < 0.08:
            expression = f'_same({expression})'
        elif choice < 0.12:
            expression = f'_first({expression}, 0)'
        if choice > 0.95:
            self.add(f'{name}, _ = {expression}, 1')
        elif choice > 0.92 and kind != 'struct':
            self.add(f'{name}_ = {expression}')
            self.add(f'{name} = {name}_')
        else:
            self.add(f'{name} = {expression}')
        self.names[kind].append(name)
        return name

    def add(self, line):
        self.lines.append('    ' * self.depth + line)

    def any(self, *kinds):
        names = [name for kind in kinds for name in self.names[kind]]
        return self.r.choice(names) if names else None

    def pick(self, *options):
        return self.r.choice(options)

    def size(self):
        return self.pick(0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 15, 16, 20, 24, 24, 32)

    def index(self):
        return self.pick(0, 1, 2, 3, 4, 5, 7, 8, -1, -2, -4, -9, 16, 24)

    def slice(self):
        start = self.pick('', '', '0', '1', '2', '4', '-4', '-1', '8')
        stop = self.pick('', '', '2', '4', '8', '-1', '16', '100', '0')
        step = self.pick('', '', '', '', ':2', ':-1', ':3', ':1', ':-2')
        return f'{start}:{stop}{step}'

    def format(self):
        r = self.r
        prefix = self.pick('', '', '', '@', '<', '>', '=', '!')
        codes = ''
        for _ in range(r.randint(1, 4)):
            count = self.pick('', '', '', '', '2', '3', '0', '5')
            codes += count + self.pick(*'bBhHiIlLqQfdecspx?nNP' if r.random() < 0.9 else 'kzgO&')
        return prefix + codes

    def code_value(self, code):
        r = self.r
        if code in 'bBhHiIlLqQnNP':
            return self.pick('0', '1', '-1', '127', '128', '255', '256', '-128', '-129', '32767', '32768', '65535', '65536', '2**31', '2**31 - 1', '2**32', '2**63', '2**64', '-2**63', '1', '2', '3', '5', '9', "'a'", '1.5', 'True', 'None')
        if code in 'fde':
            return self.pick('0.0', '1.5', '3', '1e10', '1e300', '70000.0', "'x'", 'True', "b'x'")
        if code == 'c':
            return self.pick("b'a'", "b'b'", "b'ab'", "'a'", '1', "b''")
        if code in 'sp':
            return self.pick("b'ab'", "b''", "b'abcdefgh'", "'ab'", "bytearray(2)")
        return self.pick('True', '0', "''", 'None')

    def values_for(self, fmt):
        values, count = [], ''
        for char in fmt.lstrip('@<>=!'):
            if char.isdigit():
                count += char
                continue
            n = 1 if char in 'sp' else int(count or 1)
            count = ''
            if char == 'x':
                continue
            # Mostly values that fit.
            for _ in range(n):
                good = {'c': "b'a'", 's': "b'ab'", 'p': "b'ab'", 'f': '1.5', 'd': '2.5', 'e': '0.5'}.get(char, '1')
                values.append(good if self.r.random() < 0.85 else self.code_value(char))
        if self.r.random() < 0.12 and values:
            values.pop()
        if self.r.random() < 0.08:
            values.append('1')
        return values

    # What makes buffers.

    def make(self):
        kind = self.pick('bytes', 'bytearray', 'bytearray', 'view', 'view', 'array', 'nd', 'nd', 'nd', 'ctypes', 'struct')
        getattr(self, 'make_' + kind)()

    def make_bytes(self):
        n = self.size()
        self.new('bytes', self.pick(f'bytes({n})', f"b'ab' * {n // 2}", repr(bytes(range(n))), f"b'x' * {n} + b'yz'", f'bytes([1, 2, 3])'))

    def make_bytearray(self):
        n = self.size()
        self.new('bytearray', self.pick(f'bytearray({n})', f'bytearray({n})', f"bytearray(b'abcd')", f'bytearray(range({n}))', f"bytearray(b'ab') * {n // 2}"))

    def make_view(self):
        name = self.any('bytes', 'bytearray', 'array', 'nd', 'ctypes', 'view')
        self.new('view', f'memoryview({name})' if name else f'memoryview({self.pick("bytearray", "bytes")}({self.size()}))')

    def make_array(self):
        code = self.pick(*CODES) if self.r.random() < 0.96 else self.pick('x', 'c', 'ii', 'e', '?')
        n = self.pick(0, 1, 2, 3, 4, 6, 8)
        initial = self.pick(
            f', [{", ".join(self.pick("0", "1", "2", "3", "100") for _ in range(n))}]',
            f', range({n})', '', f', bytes({self.size()})', f', [1, {self.code_value(code if code in CODES else "b")}]', f', [0] * {n}')
        self.new('array', f"{self.pick('array.array', 'Array')}('{code}'{initial})")

    def shape(self):
        n = self.pick(1, 1, 2, 2, 3)
        lengths = [self.pick(1, 2, 3, 4, 6, 8) for _ in range(n)]
        return f'({", ".join(map(str, lengths))}{"," if n == 1 else ""})'

    def dtype(self):
        code = self.pick(*NUMPY)
        names = {'u1': 'np.uint8', 'i2': 'np.int16', 'i4': 'np.int32', 'f4': 'np.float32', 'f8': 'float', 'i8': 'np.int64', '?': 'bool'}
        return names[code] if code in names and self.r.random() < 0.5 else repr(code)

    def make_nd(self):
        buffer = self.any('bytes', 'bytearray', 'view', 'array', 'ctypes')
        options = [
            f'np.zeros({self.shape()}, {self.dtype()})', f'np.ones({self.shape()})', f'np.arange({self.pick(2, 4, 6, 8, 12, 24)})',
            f'np.arange({self.pick(4, 6, 8, 12, 24)}, dtype={self.dtype()})', f'np.array([1, 2, 3, 4])', f'np.array([[1.5, 2], [3, 4]])',
            f'np.full({self.shape()}, {self.pick("1", "2.5", "True")})', f'np.empty({self.shape()}, dtype={self.dtype()})',
            f'np.array([1, 2, 300], dtype={self.dtype()})', f"np.zeros({self.shape()}, order='F')", f'np.eye({self.pick(2, 3, 4)})',
            f'np.linspace(0, 1, {self.pick(2, 4, 5)})', f'np.arange({self.pick(4, 6, 12)}).reshape({self.pick("2, 2", "2, 3", "3, 4", "-1, 2", "2, -1", "4, -1")})',
        ]
        if buffer:
            options += [
                f'np.frombuffer({buffer}, {self.dtype()})', f'np.frombuffer({buffer}, dtype={self.dtype()}, count={self.pick(-1, 1, 2, 4)}, offset={self.pick(0, 0, 1, 4, 8, 30)})',
                f'np.asarray({buffer})' if not buffer.startswith('b') else f'np.frombuffer({buffer}, np.uint8)', f'np.frombuffer({buffer})',
                f'np.ndarray({self.shape()}, {self.dtype()}, {buffer})',
            ]
        self.new('nd', self.pick(*options))

    def make_ctypes(self):
        buffer = self.any('bytes', 'bytearray', 'view', 'array', 'nd')
        options = [f'ctypes.create_string_buffer({self.pick(1, 4, 8, 16)})', f'(ctypes.c_{self.pick("char", "ubyte", "int", "short", "double")} * {self.pick(1, 2, 4, 8)})()', 'ctypes.c_int(5)', 'ctypes.c_double(1.5)']
        if buffer:
            options += [f'(ctypes.c_{self.pick("char", "ubyte", "int", "double")} * {self.pick(1, 2, 4, 8)}).{self.pick("from_buffer", "from_buffer", "from_buffer_copy")}({buffer}{self.pick("", "", ", 1", ", 4", ", -1")})']
        self.new('ctypes', self.pick(*options))

    def make_struct(self):
        self.new('struct', f"{self.pick('struct.Struct', 'Struct')}({self.format()!r})")

    # What uses them.

    def use(self):
        r = self.r
        kind = self.pick('struct', 'struct', 'struct', 'view', 'view', 'view', 'resize', 'resize', 'nd', 'nd', 'nd', 'nd', 'nd', 'array', 'array', 'ctypes', 'item', 'bytes')
        getattr(self, 'use_' + kind)()

    def use_struct(self):
        fmt = self.format()
        buffer = self.any('bytes', 'bytearray', 'view', 'array', 'nd', 'ctypes') or f'bytearray({self.size()})'
        values = self.values_for(fmt)
        spaced = ''.join(f', {value}' for value in values)
        offset = self.pick('0', '0', '1', '2', '4', '8', '-4', '-8', '-1', '100', 'len(%s) - 4' % buffer)
        name = self.any('struct')
        if name and self.r.random() < 0.3:
            self.add(self.pick(f'{name}.unpack({buffer})', f'{name}.unpack_from({buffer}, {offset})', f'{name}.pack({", ".join(values)})', f'{name}.pack_into({buffer}, {offset}{spaced})', f'list({name}.iter_unpack({buffer}))', f'bytearray({name}.size)[0]'))
            return
        f = repr(fmt)
        self.add(self.pick(
            f'struct.pack({f}{spaced})', f'struct.pack({f}{spaced})', f'struct.pack_into({f}, {buffer}, {offset}{spaced})', f'pack_into({f}, {buffer}, {offset}{spaced})',
            f'struct.unpack({f}, {buffer})', f'struct.unpack_from({f}, {buffer}, {offset})', f'struct.unpack_from({f}, {buffer})', f'struct.calcsize({f})',
            f'struct.unpack({f}, struct.pack({f}{spaced}))', f'struct.unpack({f}, bytes(calcsize({f})))', f'list(struct.iter_unpack({f}, {buffer}))',
            f'a, b = struct.unpack_from({f}, {buffer})', f'a, *b = struct.unpack({f}, bytes(struct.calcsize({f})))', f'(a,) = struct.unpack({f}, bytes(struct.calcsize({f})))'))

    def use_view(self):
        view = self.any('view')
        if not view:
            return self.make_view()
        shape = self.pick('(2, 2)', '[4]', '(2, 3)', '(3, 4)', '[2, 2, 2]', '(1,)', '[]', '(0,)', '[8]', '(2, -1)')
        code = self.pick(*('B', 'b', 'c', 'h', 'H', 'i', 'I', 'q', 'd', 'f', '?', '@i', '<i', 'e', 'ii', 'x', 'n'))
        choice = self.pick('cast', 'cast', 'cast', 'slice', 'slice', 'index', 'store', 'store', 'store', 'other', 'release', 'with')
        if choice == 'cast':
            target = self.pick(view, view, f'{view}[{self.slice()}]', f"{view}.cast('B')")
            with_shape = self.pick('', '', f', {shape}', f', shape={shape}')
            self.new('view', f'{target}.cast({code!r}{with_shape})')
        elif choice == 'slice':
            self.new('view', self.pick(f'{view}[{self.slice()}]', f'{view}[{self.slice()}]', f'{view}[...]', f'{view}.toreadonly()', f'memoryview({view})', f'_sliced({view}, {self.pick(0, 1, 2)})'))
        elif choice == 'index':
            self.add(self.pick(f'{view}[{self.index()}]', f'{view}[{self.index()}, {self.index()}]', f'x = {view}[{self.index()}]', f'{view}[{self.slice()}, 0]', f"{view}['a']", f'{view}[1.0]', f'{view}[{self.slice()}][{self.index()}]', f'{view}[()]'))
        elif choice == 'store':
            other = self.any('bytes', 'bytearray', 'view', 'array') or "b'ab'"
            value = self.pick('0', '1', '255', '256', '-1', '1.5', "b'a'", "b'ab'", "'a'", 'None', 'True', '70000', '2**40')
            stored = self.pick(other, "b'abcd'", "b'ab'", 'bytes(4)', 'bytes(8)', value, f'{other}[{self.slice()}]', f"memoryview(b'abcd')")
            self.add(self.pick(f'{view}[{self.index()}] = {value}', f'{view}[{self.slice()}] = {stored}', f'{view}[{self.slice()}] = {stored}', f'{view}[{self.index()}, {self.index()}] = {value}', f'{view}[:] = {stored}'))
        elif choice == 'other':
            self.add(self.pick(f'{view}.tobytes()', f'{view}.tolist()', f'hash({view})', f'len({view})', f'{view}.hex()', f'bytes({view})', f'{view}.nbytes', f'list({view})', f'del {view}[0]', f'{view} + {view}', f'sum({view})', f'{view}.append(1)', f'{view} == {view}'))
        elif choice == 'release':
            self.add(f'{view}.release()')
        else:
            inner = f'w{self.count}'
            self.count += 1
            self.add(f'with memoryview({view}) as {inner}:')
            self.depth += 1
            self.add(self.pick(f'{inner}[{self.index()}]', f'{inner}.tobytes()', f"{inner}.cast('B')", f'{inner}.release()'))
            self.depth -= 1
            self.names['view'].append(inner)

    def use_resize(self):
        target = self.any('bytearray', 'array')
        if not target:
            return self.make_bytearray()
        other = self.any('bytes', 'bytearray', 'array') or "b'xy'"
        kind = self.pick('append', 'extend', 'slice', 'del', 'clear', 'pop', 'iadd', 'imul', 'store', 'delview')
        if kind == 'append':
            self.add(f'{target}.{self.pick("append(1)", "insert(0, 1)", "append(300)", "append(-1)", "remove(7)", "reverse()")}')
        elif kind == 'extend':
            self.add('%s.extend(%s)' % (target, self.pick(other, '[1, 2]', "b''", '[300]', '(1, 2)', 'range(3)')))
        elif kind == 'slice':
            self.add('%s[%s] = %s' % (target, self.slice(), self.pick(other, "b'ab'", '[1, 2]', 'bytes(4)', '5', "'ab'", '[300]')))
        elif kind == 'del':
            self.add(f'del {target}[{self.pick(self.slice(), self.index())}]')
        elif kind == 'clear':
            given = self.pick("b'abcd'", "b''", 'bytes(8)', "b'abc'")
            self.add(f'{target}.clear()' if target.startswith('b') else f'{target}.frombytes({given})')
        elif kind == 'pop':
            self.add(f'{target}.pop({self.pick("", "0", "50")})')
        elif kind == 'iadd':
            self.add('%s += %s' % (target, self.pick(other, "b'ab'", '[1]', "b''", '1', "'a'")))
        elif kind == 'imul':
            self.add(f'{target} *= {self.pick(0, 1, 2)}')
        elif kind == 'store':
            self.add('%s[%d] = %s' % (target, self.index(), self.pick('1', '255', '256', '-1', '1.5', "b'a'", 'None', '70000')))
        elif self.names['view']:
            view = self.r.choice(self.names['view'])
            self.add(self.pick(f'del {view}', f'{view} = None'))
            self.names['view'].remove(view)

    def use_nd(self):
        a = self.any('nd')
        if not a:
            return self.make_nd()
        b = self.any('nd')
        shape = self.pick('2, 3', '(2, 3)', '-1', '4', '(4, 2)', '(-1, 2)', '6', '(3, -1)', '-1, -1', '2, 2', '(1, -1)', '8', '24', '()', '(2, 2, -1)')
        order = self.pick('', '', '', ", order='F'", ", order='A'") if not shape.startswith('-1, -1') else ''
        op = self.pick('+', '-', '*', '/', '//', '%', '@', '<', '&', '**')
        number = self.pick('1', '1.5', '2', '1j', 'True', '0.5', '[1, 2]', '[1, 2, 3]')
        choice = self.r.random()
        if choice < 0.3:
            self.new('nd', self.pick(
                f'{a}.reshape({shape}{order})', f'np.reshape({a}, ({shape.strip("()")},))' if shape != '()' else f'{a}.T', f'{a}.T', f'{a}.view({self.dtype()})', f'{a}[{self.slice()}]', f'{a}.astype({self.dtype()})',
                f'{a}.ravel()', f'{a}.copy()', f'{a}[{self.slice()}, {self.slice()}]', f'{a}[:, {self.slice()}]', f'{a}.transpose()', f'np.transpose({a})', f'{a}.flatten()', f'{a}[None]', f'{a}[..., 0]',
                f'np.broadcast_to({a}, {self.shape()})', f'np.ascontiguousarray({a})', f'{a}.squeeze()', f'{a}[[0, 1]]', f'{a}.transpose(1, 0)', f'{a}.view(np.uint8)[{self.slice()}]', f'{a}.T.reshape({shape})', f'{a}[::2].view({self.dtype()})', f'{a}.swapaxes(0, 1)'))
        elif choice < 0.5:
            self.new('nd', self.pick(f'{a} {op} {b}', f'{a} {op} {b}', f'{a} {op} {number}', f'np.add({a}, {b})', f'np.dot({a}, {b})', f'np.matmul({a}, {b})', f'np.concatenate([{a}, {b}])', f'np.vstack([{a}, {b}])', f'np.hstack(({a}, {b}))', f'np.maximum({a}, {b})', f'np.stack([{a}, {b}])', f'np.where({a} > 1, {a}, 0)', f'np.concatenate([{a}, {b}], axis={self.pick(0, 1, -1)})', f'{number} {op} {a}', f'{a}.dot({b})'))
        elif choice < 0.65:
            op = self.pick('+', '-', '*', '/', '//', '%', '*', '+')
            self.add(self.pick(f'{a} {op}= {number}', f'{a} {op}= {b}', f'{a} {op}= {number}', f'np.multiply({a}, {number}, out={b})', f'np.add({a}, {b}, out={a})', f'np.add({a}, {b}, {b})', f'np.sqrt({a}, out={b})', f'np.copyto({a}, {b})', f'np.divide({a}, 2, out={a})'))
        elif choice < 0.9:
            value = self.pick('0', '1.5', '[1, 2]', '[1, 2, 3]', b, f'{b}[0]', 'np.zeros(2)', 'np.ones((2, 3))', '(1, 2, 3, 4)', '300')
            self.add(self.pick(f'{a}[{self.index()}] = {value}', f'{a}[{self.slice()}] = {value}', f'{a}[{self.index()}, {self.index()}] = {value}', f'{a}[{self.index()}]', f'{a}[{self.index()}, {self.index()}]', f'{a}[:, {self.index()}] = {value}', f'{a}[...] = {value}', f'{a}.fill(1)', f'{a}.sort()', f'{a}[{self.slice()}] += 1', f'{a}[0] *= 2', f'{a}[{a} > 1] = 0', f'{a}.flat[0] = 1', f'{a}[{self.index()}, ...]', f'{a}[[0, 1]] = {value}', f'{a}[[0, {self.index()}]]'))
        else:
            self.add(self.pick(f'{a}.setflags(write={self.pick("True", "False")})', f'{a}.flags.writeable = {self.pick("True", "False", "False")}', f'{a}.shape = {self.shape()}', f'memoryview({a})', f'bytes({a})', f'{a}.tobytes()', f'{a}.resize({self.shape()})', f'{a}.dtype = {self.dtype()}', f'len({a})', f'{a}.item()', f'{a}.tolist()', f'hash({a})', f'bool({a})', f'{a}.shape[1]'))

    def use_array(self):
        a = self.any('array')
        if not a:
            return self.make_array()
        value = self.pick('1', '0', '-1', '128', '256', '70000', '2**32', '2**63', '1.5', "'a'", "b'a'", 'None', '2**64', '-2**31', '3')
        other = self.any('array', 'bytes', 'bytearray') or '[1]'
        given = self.pick('bytes(8)', "b'abc'", 'bytes(4)', other)
        self.add(self.pick(f'{a}.append({value})', f'{a}[{self.index()}] = {value}', f'{a}.extend({self.pick(other, f"[1, {value}]")})', f'{a}[{self.index()}]', f'{a}.frombytes({given})', f'{a}.insert(0, {value})', f'{a} + {other}', f'{a}[{self.slice()}] = {other}', f'{a}.fromlist([{value}])', f'{a}.index({value})', f'{a}.tobytes()', f'{a} += {other}', f'{a} * 2', f'{a}[{self.slice()}]', f'{a}.byteswap()', f'{a}.count({value})', f'{a}.pop()'))

    def use_ctypes(self):
        x = self.any('ctypes', 'bytes', 'bytearray', 'nd', 'view', 'array') or 'bytearray(4)'
        kind = self.pick('c_int', 'c_char', 'c_double', 'c_short', 'c_uint64', 'c_ubyte')
        n = self.pick(1, 2, 3, 4, 8)
        self.add(self.pick(f'ctypes.addressof({x})', f'ctypes.sizeof({x})', f'ctypes.byref({x})', f'ctypes.pointer({x})', f'(ctypes.{kind} * {n}).from_buffer({x})', f'(ctypes.{kind} * {n}).from_buffer({x}, {self.pick(0, 1, 4, 8, -1, 40)})', f'ctypes.{kind}.from_buffer({x})', f'ctypes.{kind}.from_buffer_copy({x})', f'(ctypes.{kind} * {n}).from_buffer_copy({x}, {self.pick(0, 1, 8)})', f'memoryview({x})', f'bytes({x})', f'ctypes.string_at(ctypes.addressof({x}), 1)', f'ctypes.memset({x}, 0, 1)' if x.startswith('c') else f'len({x})'))

    def use_item(self):
        x = self.any('bytes', 'bytearray', 'view', 'array', 'nd')
        if x:
            self.add(self.pick(f'{x}[{self.index()}]', f'x = {x}[{self.slice()}]', f'len({x})', f'memoryview({x})', f'bytearray({x})', f'bytes({x})', f'memoryview({x})[{self.slice()}]'))

    def use_bytes(self):
        x = self.any('bytes')
        if x:
            self.add(self.pick(f'{x}[{self.index()}] = 1', f'memoryview({x})[{self.index()}] = 1', f'{x} + {x}', f'int.from_bytes({x}, "little")', f'{x}.hex()', f'struct.unpack("<I", {x})', f'struct.unpack("<H", {x}[:2])', f'np.frombuffer({x}, np.uint8)[0]', f'np.frombuffer({x}, "u1")[0] = 1', f'memoryview("text")', f'memoryview({self.pick("5", "[1]", "None", "(1,)", "{}")})', 'bytes(%s)' % self.pick('-1', '300', '[300]', '[1, 2]', "'a'", '1.5')))

    def block(self):
        """The same around a use: loops, branches, blocks."""
        choice = self.r.random()
        if choice < 0.07:
            self.add(f'for i in range({self.pick(1, 2)}):')
            self.depth += 1
            before = len(self.lines)
            self.use()
            if len(self.lines) == before:
                self.add('pass')
            self.depth -= 1
        elif choice < 0.12:
            self.add(self.pick('if True:', 'if len(b"ab") == 2:', 'if 1 < 2:', 'if not 0:'))
            self.depth += 1
            before = len(self.lines)
            self.use()
            if len(self.lines) == before:
                self.add('pass')
            self.depth -= 1
        else:
            self.use()

    def text(self, name):
        for _ in range(self.r.randint(1, 3)):
            self.make()
        for _ in range(self.r.randint(1, 5)):
            self.block()
        return '\n'.join([f'def {name}():', *self.lines, '', ''])


def main():
    seed, start, end = map(int, sys.argv[1:4])
    file = sys.argv[4]
    warnings.simplefilter('ignore')
    source = HEAD
    names = []
    for index in range(start, end):
        name = f'case{index}'
        text = Snippet(random.Random(seed * 1_000_003 + index)).text(name)
        try:
            compile(text, 'case', 'exec')
        except SyntaxError:
            continue
        names.append(name)
        source += '\n' + text
    with open(file, 'w') as out:
        out.write(source)
    namespace = {}
    exec(compile(source, file, 'exec'), namespace)
    outcomes = {}
    for name in names:
        case = namespace[name]
        first = case.__code__.co_firstlineno
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                case()
            outcomes[name] = {'from': first, 'line': None}
        except Exception as error:
            frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == file and f.name == name]
            outcomes[name] = {'from': first, 'line': frames[-1].lineno, 'type': type(error).__name__, 'message': str(error)}
            # Views of the frame may be alive in the traceback.
            del error
    print(json.dumps(outcomes))


main()
