/**
 * What runs in the debugged Python: it says of an object where its bytes lie, and reads and writes them.
 * It imports nothing that the program has not imported (but for the standard library), holds on to nothing, and calls
 * only code of CPython and of the libraries that it names, unless `allow` says that the user pressed a button.
 * Python 3.6 and later.
 */
export const PYTHON_PROBE = String.raw`
import sys, json, base64
LIBRARIES = {'builtins', 'array', 'mmap', 'ctypes', '_ctypes', 'numpy', 'pandas', 'pyarrow', 'torch', 'pickle', '_pickle', 'multiprocessing', 'abc', 'typing', 'collections', 'ml_dtypes'}
MOST_ARRAYS = 512
class Refused(Exception):
    def __init__(self, kind, message):
        Exception.__init__(self, message)
        self.kind = kind
def type_name(t):
    m = type.__getattribute__(t, '__module__')
    q = type.__getattribute__(t, '__qualname__')
    return q if m == 'builtins' or not isinstance(m, str) else m + '.' + q
def is_library(t):
    ct = sys.modules.get('_ctypes')
    for c in type.__getattribute__(t, '__mro__'):
        m = type.__getattribute__(c, '__module__')
        if not isinstance(m, str):
            return False
        if m.split('.')[0] in LIBRARIES:
            continue
        # The class of (c_int * 5) claims to be of the program's own module, and is made by ctypes alone.
        if ct and type(c) is type(ct.Array) and c.__bases__ == (ct.Array,) and '__buffer__' not in c.__dict__:
            continue
        return False
    return True
class Segment:
    """Bytes that lie in one piece. take(a, b) gives some of them, put(a, data) writes."""
    def __init__(self, label, size, address, readonly, take, put=None):
        self.label, self.size, self.address, self.readonly, self.take, self.put = label, size, address, readonly, take, put
class Found:
    def __init__(self, kind):
        self.kind, self.segments, self.arrays, self.problems, self.facts = kind, [], [], [], []
        self.locked = None
        self.keyed = {}
    def segment(self, key, make):
        """The index of a segment that may be there already: two columns may lie in one block."""
        if key not in self.keyed:
            self.keyed[key] = len(self.segments)
            self.segments.append(make())
        return self.keyed[key]
    def is_full(self):
        """Asked before work for arrays that would be left out, as in a frame of a million columns."""
        if len(self.arrays) < MOST_ARRAYS:
            return False
        if not any(p[0] == 'more-arrays' for p in self.problems):
            self.problems.append(['more-arrays', 'info', 'there are more than %d arrays; those behind are left out' % MOST_ARRAYS])
        return True
    def array(self, name, segment, offset, dtype, shape, strides, readonly=True, note=None):
        if self.is_full():
            return
        self.arrays.append({'name': name, 'segment': segment, 'offset': int(offset), 'dtype': dtype, 'shape': [int(n) for n in shape], 'strides': [int(n) for n in strides], 'readonly': bool(readonly), 'note': note})
def extent(shape, strides, itemsize):
    if 0 in shape:
        return 0, 0
    low = sum(min(0, (n - 1) * s) for n, s in zip(shape, strides))
    return low, sum(max(0, (n - 1) * s) for n, s in zip(shape, strides)) + itemsize
def packed(shape, itemsize):
    strides, step = [], itemsize
    for n in reversed(shape):
        strides.insert(0, step)
        step *= max(n, 1)
    return strides
# The buffer protocol.
def address_of(x):
    try:
        import ctypes as c
        class View(c.Structure):
            _fields_ = [('buf', c.c_void_p), ('obj', c.c_void_p), ('len', c.c_ssize_t), ('itemsize', c.c_ssize_t), ('readonly', c.c_int), ('ndim', c.c_int), ('format', c.c_char_p), ('shape', c.c_void_p), ('strides', c.c_void_p), ('suboffsets', c.c_void_p), ('internal', c.c_void_p)]
        view = View()
        c.pythonapi.PyObject_GetBuffer(c.py_object(x), c.byref(view), 0x11c)
        try:
            return view.buf or 0
        finally:
            c.pythonapi.PyBuffer_Release(c.byref(view))
    except Exception:
        return None
def c_dtype(ct, t, depth=0):
    """Of a type of ctypes, whose format in the buffer protocol leaves padding out before Python 3.12."""
    if depth > 32:
        return None
    size = ct.sizeof(t)
    look = type.__getattribute__
    if issubclass(t, ct.Array):
        base = c_dtype(ct, look(t, '_type_'), depth + 1)
        return base and {'base': base, 'shape': [look(t, '_length_')], 'itemsize': size}
    if issubclass(t, (ct.Structure, ct.Union)):
        fields = []
        for c in reversed(look(t, '__mro__')):
            for name, kind, *bits in c.__dict__.get('_fields_', ()):
                place = c.__dict__[name]
                part = c_dtype(ct, kind, depth + 1)
                if bits or part is None:
                    part = {'text': '|V%d' % ct.sizeof(kind), 'itemsize': ct.sizeof(kind)}
                fields.append([name, place.offset, part, None])
        return {'fields': fields, 'itemsize': size}
    code = t.__dict__.get('_type_') if issubclass(t, ct._SimpleCData) else None
    kinds = {'b': 'i', 'h': 'i', 'i': 'i', 'l': 'i', 'q': 'i', 'B': 'u', 'H': 'u', 'I': 'u', 'L': 'u', 'Q': 'u', 'f': 'f', 'd': 'f', 'g': 'f', '?': 'b', 'c': 'S', 'u': 'U'}
    if code not in kinds:
        return None
    big = t is getattr(t, '__ctype_be__', None)
    order = '>' if big else '|' if size == 1 else '<'
    return {'text': '%s%s%d' % (order, kinds[code], size // 4 if code == 'u' else size), 'itemsize': size}
def item_dtype(mv, owner):
    """Of an element of mv; of ctypes by its type, of all else by the format."""
    t = type(owner)
    ct = sys.modules.get('ctypes')
    if ct and 'T{' in (mv.format or '') and issubclass(t, ct.Array):
        while issubclass(t, ct.Array):
            t = type.__getattribute__(t, '_type_')
        dtype = c_dtype(ct, t)
        if dtype and dtype['itemsize'] == mv.itemsize:
            return dtype
        return {'text': '|V%d' % mv.itemsize, 'itemsize': mv.itemsize, 'name': mv.format}
    if ct and 'T{' in (mv.format or '') and issubclass(t, (ct.Structure, ct.Union)):
        return c_dtype(ct, t)
    return {'format': mv.format, 'itemsize': mv.itemsize}
def bytes_segment(label, x):
    """Of an exporter whose memory is one piece in C order."""
    with memoryview(x) as m:
        size, readonly = m.nbytes, m.readonly
        if not m.c_contiguous:
            raise Refused('no-buffer', 'its memory is not one piece')
    def take(a, b):
        with memoryview(x) as m:
            if m.nbytes == 0:
                return b''
            with m.cast('B') as flat:
                return bytes(flat[a:b])
    def put(a, data):
        with memoryview(x) as m:
            with m.cast('B') as flat:
                flat[a:a + len(data)] = data
    return Segment(label, size, address_of(x), readonly, take, put)
def from_memoryview(found, mv, owner, label, trusted):
    """The array that mv is; owner is whose memory it is, asked only where it is trusted."""
    shape, strides, itemsize = list(mv.shape), list(mv.strides), mv.itemsize
    dtype = item_dtype(mv, owner)
    np = sys.modules.get('numpy')
    low, high = extent(shape, strides, itemsize)
    start = address_of(mv) if not mv.suboffsets else None
    base = None
    if start is not None and owner is not None:
        if np and issubclass(type(owner), np.ndarray):
            base = nd_segment(np, nd_root(np, owner)[0])
        elif trusted:
            try:
                base = bytes_segment(type_name(type(owner)), owner)
            except Refused:
                base = None
    if base is not None and base.address is not None and base.address <= start + low and start + high <= base.address + base.size:
        found.segment('base', lambda: base)
        found.array('', 0, start - base.address, dtype, shape, strides, mv.readonly)
    elif not mv.suboffsets and mv.c_contiguous:
        found.segment('base', lambda: bytes_segment(label, mv))
        found.array('', 0, 0, dtype, shape, packed(shape, itemsize), mv.readonly)
    else:
        def take(a, b):
            return mv.tobytes()[a:b]
        found.segment('base', lambda: Segment(label + ', packed', mv.nbytes, None, True, take))
        found.array('', 0, 0, dtype, shape, packed(shape, itemsize), True)
        found.problems.append(['packed-copy', 'warning', 'its memory can\'t be addressed, so a packed copy of its elements is shown, and its strides are not these: %r' % (tuple(strides),)])
    found.facts.append(['strides', repr(tuple(strides))])
# NumPy.
def nd_root(np, x):
    """The array whose memory x is a view of, and whose that is. As the plain class: no method of a subclass is called."""
    base = np.ndarray.base.__get__
    view = np.ndarray.view
    root = view(x, np.ndarray)
    current = x
    for _ in range(10000):
        b = base(current)
        if b is not None and type(b).__name__ == 'DummyArray' and type(b).__module__.startswith('numpy.'):
            b = b.base
        if b is None or not issubclass(type(b), np.ndarray):
            return root, b
        current = b
        root = view(b, np.ndarray)
    return root, None
def nd_address(np, x):
    return np.ndarray.__array_interface__.__get__(x)['data'][0]
def nd_segment(np, root):
    dtype = root.dtype
    low, high = extent(root.shape, root.strides, dtype.itemsize)
    address = nd_address(np, root)
    size = high - low
    label = '%s %s' % (np.dtype.__str__(dtype), root.shape)
    def flat():
        if size == 0:
            return np.empty(0, 'u1')
        if not dtype.hasobject and dtype.itemsize and root.flags.c_contiguous:
            return root.reshape(-1).view('u1')
        if not dtype.hasobject and dtype.itemsize and root.flags.f_contiguous:
            return root.T.reshape(-1).view('u1')
        # All between its first and its last byte is of the same allocation, and root keeps that alive.
        class Bytes:
            __array_interface__ = {'version': 3, 'data': (address + low, not root.flags.writeable), 'shape': (size,), 'typestr': '|u1'}
        return np.asarray(Bytes())
    def put(a, data):
        flat()[a:a + len(data)] = np.frombuffer(data, 'u1')
    readonly = not root.flags.writeable or dtype.hasobject
    return Segment(label, size, address + low, readonly, lambda a, b: flat()[a:b].tobytes(), put)
def nd_dtype(dt):
    if dt.names is not None:
        fields = []
        for name in dt.names:
            field = dt.fields[name]
            title = field[2] if len(field) > 2 and isinstance(field[2], str) else None
            fields.append([name, field[1], nd_dtype(field[0]), title])
        return {'fields': fields, 'itemsize': dt.itemsize}
    if dt.subdtype is not None:
        return {'base': nd_dtype(dt.subdtype[0]), 'shape': list(dt.subdtype[1]), 'itemsize': dt.itemsize}
    if dt.name == 'bfloat16':
        return {'text': 'bfloat16', 'itemsize': 2}
    if dt.hasobject:
        return {'object': True, 'itemsize': dt.itemsize}
    return {'text': dt.str, 'itemsize': dt.itemsize, 'name': dt.name}
def nd_array(found, np, name, x, note=None, locked=False):
    root, owner = nd_root(np, x)
    plain = np.ndarray.view(x, np.ndarray)
    segment = found.segment(('nd', nd_address(np, root), root.nbytes, root.strides), lambda: nd_segment(np, root))
    offset = nd_address(np, plain) - found.segments[segment].address
    found.array(name, segment, offset, nd_dtype(plain.dtype), plain.shape, plain.strides, locked or not plain.flags.writeable, note)
    return root, plain, owner
def flags_of(plain):
    words = [word for word, is_set in (('C-contiguous', plain.flags.c_contiguous), ('Fortran-contiguous', plain.flags.f_contiguous)) if is_set]
    return ' and '.join(words) or 'not contiguous'
def from_ndarray(found, np, x):
    if issubclass(type(x), np.ma.MaskedArray) if 'numpy.ma' in sys.modules else False:
        nd_array(found, np, 'data', np.ndarray.view(x, np.ndarray))
        mask = x._mask
        if mask is not np.ma.nomask:
            nd_array(found, np, 'mask', mask, 'true where the value is masked')
        return
    root, plain, owner = nd_array(found, np, '', x)
    found.facts.append(['contiguity', flags_of(plain)])
    is_whole = (nd_address(np, root), root.shape, root.strides, root.dtype) == (nd_address(np, plain), plain.shape, plain.strides, plain.dtype)
    over = '' if owner is None else ' over ' + type_name(type(owner))
    if is_whole:
        found.facts.append(['base', 'memory of ' + type_name(type(owner)) if owner is not None else 'owns its memory'])
    else:
        found.facts.append(['base', 'view of %s %s%s' % (root.dtype.name, root.shape, over)])
        if root.dtype.itemsize:
            nd_array(found, np, 'base', root, 'the array that this is a view of')
    if plain.dtype.hasobject:
        found.problems.append(['object-dtype', 'warning', 'the elements are references to Python objects, which are not followed: their addresses are shown as bytes'])
# pandas.
def label_of(value):
    if type(value) in (str, int, float, bool):
        return str(value)
    return ', '.join(label_of(part) for part in value) if type(value) is tuple else type_name(type(value))
def pandas_values(found, np, name, values):
    prefix = name + '.' if name else ''
    if issubclass(type(values), np.ndarray):
        nd_array(found, np, name, values, locked=True)
        if values.dtype.hasobject:
            found.problems.append(['object-dtype', 'warning', (name or 'it') + ' holds references to Python objects, which are not followed: their addresses are shown as bytes'])
        return
    kind = type(values).__name__
    arrow = getattr(values, '_pa_array', None)
    if arrow is not None:
        from_arrow(found, name, arrow)
        return
    if hasattr(values, '_mask') and hasattr(values, '_data'):
        nd_array(found, np, prefix + 'values', values._data, locked=True)
        nd_array(found, np, prefix + 'mask', values._mask, 'true where the value is missing', True)
    elif kind == 'Categorical':
        nd_array(found, np, prefix + 'codes', values.codes, 'the position in the categories, -1 where missing', True)
        if not issubclass(type(values.categories), sys.modules['pandas'].RangeIndex):
            pandas_values(found, np, prefix + 'categories', values.categories._values)
    elif kind == 'IntervalArray':
        pandas_values(found, np, prefix + 'left', values._left._values if hasattr(values._left, '_values') else values._left)
        pandas_values(found, np, prefix + 'right', values._right._values if hasattr(values._right, '_values') else values._right)
    elif kind == 'SparseArray':
        nd_array(found, np, prefix + 'values', values.sp_values, 'those that are not %s' % label_of(values.fill_value), True)
        nd_array(found, np, prefix + 'indices', values.sp_index.indices if hasattr(values.sp_index, 'indices') else values.sp_index.to_int_index().indices, 'where those values are', True)
    elif issubclass(type(getattr(values, '_ndarray', None)), np.ndarray):
        pandas_values(found, np, name, values._ndarray)
    else:
        raise Refused('no-buffer', '%s does not say where its bytes are' % type_name(type(values)))
def from_pandas(found, np, pd, x):
    found.locked = 'pandas may share these bytes between objects (copy on write) and keeps what it knows of them, so they are not written'
    if issubclass(type(x), pd.DataFrame):
        found.facts.append(['base', '%d blocks' % len(x._mgr.blocks)])
        by_column, blocks = {}, []
        for number, block in enumerate(x._mgr.blocks):
            values = block.values
            for row, position in enumerate(block.mgr_locs.as_array.tolist()):
                by_column[position] = (values, row)
            if issubclass(type(values), np.ndarray) and values.ndim == 2:
                blocks.append((number, values))
        for position in sorted(by_column):
            if found.is_full():
                break
            values, row = by_column[position]
            pandas_values(found, np, label_of(x.columns[position]), values[row] if getattr(values, 'ndim', 1) == 2 else values)
        for number, values in blocks[:MOST_ARRAYS]:
            nd_array(found, np, 'block %d' % number, values, 'one row a column of the DataFrame', True)
        return
    if issubclass(type(x), pd.RangeIndex):
        raise Refused('no-buffer', 'a RangeIndex computes its values and has no bytes')
    if issubclass(type(x), pd.MultiIndex):
        for number, (name, codes) in enumerate(zip(x.names, x.codes)):
            nd_array(found, np, 'level %d' % number if name is None else label_of(name), np.asarray(codes), 'codes: the position in the level', True)
        return
    values = x._values if issubclass(type(x), (pd.Series, pd.Index)) else x
    pandas_values(found, np, '', values)
# Arrow: where each buffer of a column lies, in the order of the specification.
def arrow_layout(pa, t):
    """Names and dtypes of the type's own buffers, and its children."""
    types = pa.types
    if types.is_null(t):
        return [None], []
    if types.is_boolean(t):
        return ['validity', ('data', '|u1', 'one bit a value, the lowest first')], []
    for test, dtype in (('is_string', '<i4'), ('is_binary', '<i4'), ('is_large_string', '<i8'), ('is_large_binary', '<i8')):
        if getattr(types, test)(t):
            return ['validity', ('offsets', dtype, 'value i is data[offsets[i]:offsets[i + 1]]'), ('data', '|u1', None)], []
    if getattr(types, 'is_string_view', lambda t: False)(t) or getattr(types, 'is_binary_view', lambda t: False)(t):
        return ['validity', ('views', '|V16', 'length, then the value or where it is')], []
    for test, dtype in (('is_list', '<i4'), ('is_map', '<i4'), ('is_large_list', '<i8')):
        if getattr(types, test)(t):
            child = pa.struct([t.key_field, t.item_field]) if test == 'is_map' else t.value_type
            return ['validity', ('offsets', dtype, 'list i is values[offsets[i]:offsets[i + 1]]')], [('entries' if test == 'is_map' else 'values', child)]
    if types.is_fixed_size_list(t):
        return ['validity'], [('values', t.value_type)]
    if types.is_struct(t):
        return ['validity'], [(t.field(i).name, t.field(i).type) for i in range(t.num_fields)]
    if types.is_union(t):
        own = [None, ('types', '|i1', 'which child value i is in')]
        if t.mode == 'dense':
            own.append(('offsets', '<i4', 'where in that child'))
        return own, [(t.field(i).name, t.field(i).type) for i in range(t.num_fields)]
    if types.is_dictionary(t):
        return ['validity', ('indices', arrow_dtype(pa, t.index_type), 'positions in the dictionary')], []
    if getattr(types, 'is_run_end_encoded', lambda t: False)(t):
        return [None], [('run_ends', t.run_end_type), ('values', t.value_type)]
    if hasattr(t, 'storage_type'):
        return arrow_layout(pa, t.storage_type)
    return ['validity', ('data', arrow_dtype(pa, t), str(t) if types.is_decimal(t) or types.is_time(t) or types.is_date(t) else None)], []
def arrow_dtype(pa, t):
    types = pa.types
    width = t.bit_width // 8
    if types.is_unsigned_integer(t):
        return '<u%d' % width
    if types.is_integer(t) or types.is_date(t) or types.is_time(t):
        return '<i%d' % width
    if types.is_floating(t):
        return '<f%d' % width
    if types.is_timestamp(t):
        return '<M8[%s]' % t.unit
    if types.is_duration(t):
        return '<m8[%s]' % t.unit
    return '|V%d' % width
def arrow_buffers(found, pa, prefix, t, buffers):
    own, children = arrow_layout(pa, t)
    for part in own:
        if not buffers:
            return
        buffer = buffers.pop(0)
        if part is None or buffer is None:
            continue
        name, dtype, note = ('validity', '|u1', 'one bit a value, set where there is one, the lowest first') if part == 'validity' else part
        itemsize = int(''.join(c for c in dtype.split('[')[0][2:] if c.isdigit()))
        if buffer.is_cpu if hasattr(buffer, 'is_cpu') else True:
            segment = found.segment(('pa', buffer.address, buffer.size), lambda: bytes_segment('Arrow buffer', buffer))
            found.array(prefix + name, segment, 0, {'text': dtype, 'itemsize': itemsize}, [buffer.size // itemsize], [itemsize], True, note)
        else:
            found.problems.append(['not-in-memory', 'warning', prefix + name + ' is in the memory of another device'])
    if 'view' in str(t):
        return
    for name, child in children:
        arrow_buffers(found, pa, prefix + name + '.', child, buffers)
def from_arrow(found, name, x):
    pa = sys.modules['pyarrow']
    found.locked = 'Arrow buffers are immutable by contract, and others may share them'
    if issubclass(type(x), (pa.Table, pa.RecordBatch)):
        for field, column in zip(x.schema, x.columns):
            if found.is_full():
                break
            from_arrow(found, (name + '.' if name else '') + field.name, column)
        return
    if issubclass(type(x), pa.ChunkedArray):
        for number in range(x.num_chunks):
            if found.is_full():
                break
            from_arrow(found, name if x.num_chunks == 1 else '%s[%d]' % (name, number), x.chunk(number))
        return
    if issubclass(type(x), pa.Array):
        first = len(found.arrays)
        arrow_buffers(found, pa, name + '.' if name else '', x.type, list(x.buffers()))
        if x.offset:
            for array in found.arrays[first:]:
                array['note'] = (array['note'] + '; ' if array['note'] else '') + 'the column begins at value %d' % x.offset
        if pa.types.is_dictionary(x.type):
            from_arrow(found, (name + '.' if name else '') + 'dictionary', x.dictionary)
        return
    if issubclass(type(x), pa.Buffer):
        found.segment('base', lambda: bytes_segment('Arrow buffer', x))
        found.array('', 0, 0, {'text': '|u1', 'itemsize': 1}, [x.size], [1])
        return
    raise Refused('no-buffer', '%s has no buffers of its own' % type_name(type(x)))
# Torch.
TORCH = {'float64': '<f8', 'float32': '<f4', 'float16': '<f2', 'bfloat16': 'bfloat16', 'int64': '<i8', 'int32': '<i4', 'int16': '<i2', 'int8': '|i1', 'uint8': '|u1', 'uint16': '<u2', 'uint32': '<u4', 'uint64': '<u8', 'bool': '|b1', 'complex64': '<c8', 'complex128': '<c16'}
def from_torch(found, torch, x):
    if x.layout is not torch.strided:
        raise Refused('no-buffer', 'a tensor of layout %s has no strides' % x.layout)
    if x.device.type == 'meta':
        raise Refused('no-buffer', 'a tensor on the meta device has no bytes')
    name = str(x.dtype).split('.')[-1]
    itemsize = x.element_size()
    dtype = {'text': TORCH.get(name, '|V%d' % itemsize), 'itemsize': itemsize}
    storage = x.untyped_storage()
    def flat():
        return torch.empty(0, dtype=torch.uint8, device=x.device).set_(storage)
    def take(a, b):
        part = flat()[a:b].cpu()
        return part.numpy().tobytes() if 'numpy' in sys.modules else bytes(part.tolist())
    def put(a, data):
        flat()[a:a + len(data)] = torch.tensor(list(data), dtype=torch.uint8, device=x.device)
    found.segment('base', lambda: Segment('storage on %s' % x.device, storage.nbytes(), storage.data_ptr(), False, take, put))
    notes = [] if name in TORCH else ['elements of ' + name]
    if x.is_conj():
        notes.append('lazily conjugated: values are the conjugates of these')
    if x.is_neg():
        notes.append('lazily negated: values are the negatives of these')
    found.array('', 0, x.storage_offset() * itemsize, dtype, list(x.shape), [s * itemsize for s in x.stride()], False, '; '.join(notes) or None)
    found.facts.append(['base', 'storage of %d bytes on %s' % (storage.nbytes(), x.device)])
    found.facts.append(['contiguity', 'contiguous' if x.is_contiguous() else 'not contiguous'])
def find(x, allow):
    t = type(x)
    found = Found(type_name(t))
    np, pd, pa, torch = [sys.modules.get(name) for name in ('numpy', 'pandas', 'pyarrow', 'torch')]
    is_array = bool(np) and hasattr(np, 'ndarray') and issubclass(t, np.ndarray)
    trusted = is_library(t)
    if not trusted and not allow:
        raise Refused('user-class', '%s is a class of the program or of another library, whose own code may run when its bytes are read' % type_name(t))
    if is_array:
        from_ndarray(found, np, x)
    elif np and hasattr(np, 'generic') and issubclass(t, np.generic):
        nd_array(found, np, '', np.asarray(x), locked=True)
        found.segments[0].address = None
        found.facts.append(['base', 'a NumPy scalar, immutable'])
    elif pd and hasattr(pd, 'DataFrame') and (issubclass(t, (pd.DataFrame, pd.Series, pd.Index)) or hasattr(pd, 'api') and issubclass(t, pd.api.extensions.ExtensionArray)):
        from_pandas(found, np, pd, x)
    elif pa and t.__module__.split('.')[0] == 'pyarrow':
        from_arrow(found, '', x)
    elif torch and hasattr(torch, 'Tensor') and issubclass(t, torch.Tensor):
        from_torch(found, torch, x)
    elif t is memoryview:
        owner = x.obj
        found.facts.append(['base', type_name(type(owner))])
        found.facts.append(['contiguity', ' and '.join(w for w, s in (('C-contiguous', x.c_contiguous), ('Fortran-contiguous', x.f_contiguous)) if s) or 'not contiguous'])
        from_memoryview(found, x, owner, type_name(t), is_library(type(owner)))
    else:
        if t.__module__ == 'multiprocessing.shared_memory':
            x = x.buf
        try:
            mv = memoryview(x)
        except TypeError:
            if not trusted and np and (hasattr(t, '__array_interface__') or hasattr(t, '__array__')):
                from_ndarray(found, np, np.asarray(x))
                return found
            raise Refused('no-buffer', '%s has no buffer' % type_name(t))
        with mv:
            if mv.c_contiguous and not mv.suboffsets:
                found.segment('base', lambda: bytes_segment(type_name(t), x))
                found.array('', 0, 0, item_dtype(mv, x), mv.shape, packed(list(mv.shape), mv.itemsize), mv.readonly)
            else:
                from_memoryview(found, memoryview(x), None, type_name(t), False)
        found.facts.append(['base', 'owns its memory' if t in (bytes, bytearray) else type_name(t)])
    return found
def header_of(found):
    return {'class': found.kind, 'segments': [{'label': s.label, 'bytes': s.size, 'address': None if s.address is None else hex(s.address), 'readonly': s.readonly} for s in found.segments], 'arrays': found.arrays, 'problems': found.problems, 'facts': found.facts, 'locked': found.locked}
def print_of(header):
    """A number that stays as long as the memory does; it need not mean anything to another process."""
    return hash(json.dumps([header['class'], header['segments'], header['arrays']], sort_keys=True)) & 0xffffffffffff
def act(request, x):
    found = find(x, request['allow'])
    header = header_of(found)
    header['print'] = print_of(header)
    if request['op'] == 'describe':
        data, left = [], request['first']
        for segment in found.segments:
            part = segment.take(0, min(left, segment.size))
            data.append(part)
            left -= len(part)
            if left <= 0:
                break
        return header, b''.join(data)
    if header['print'] != request['print']:
        return {'moved': True}, b''
    if request['op'] == 'read':
        return {}, b''.join(found.segments[n].take(a, b) for n, a, b in request['parts'])
    segment = found.segments[request['segment']]
    data = base64.b64decode(request['data'])
    at = request['at']
    if found.locked:
        raise Refused('read-only', found.locked)
    if segment.readonly or found.arrays[0]['readonly']:
        raise Refused('read-only', 'cannot modify read-only memory')
    if at < 0 or at + len(data) > segment.size:
        raise Refused('read-only', 'the bytes lie outside')
    before = segment.take(at, at + len(data))
    if base64.b64encode(before).decode() != request['before']:
        return {'differs': True}, before
    segment.put(at, data)
    return {}, segment.take(at, at + len(data))
def strata(text, x):
    try:
        header, data = act(json.loads(text), x)
    except Refused as refused:
        header, data = {'error': {'kind': refused.kind, 'message': str(refused)}}, b''
    except Exception as error:
        header, data = {'error': {'kind': 'exception', 'message': '%s: %s' % (type(error).__name__, error)}}, b''
    head = json.dumps(header).encode()
    body = base64.b64encode(len(head).to_bytes(4, 'little') + head + data).decode()
    return 'STRATA1:%d:%s:' % (len(body), body)
`;
