/**
 * Messages of the buffer inspector: the panel asks the host, and the host asks the worker that reads.
 * Offsets and lengths are bytes; JavaScript's safe integers cover any file.
 */
import type { BufferEdit } from '../edit/bufferEdit.ts';
import type { DType } from '../layout/dtype.ts';
import type {
  BufferDifferences,
  CompareFailure,
  ComparePart,
  CompareReply,
  CompareRequest,
  CompareWith,
} from './bufferCompare.ts';
import type { BufferEditRequests, EditFailure, EditState } from './bufferEditing.ts';
import type { ExportFailure, ExportRequest } from './bufferExport.ts';
import type {
  BadQuery,
  ElementStatistics,
  FindReply,
  FindRequest,
  Histogram,
  LaidElements,
  NumberPart,
  ScanProgress,
  Series,
  UniqueValues,
} from './bufferScan.ts';
import type { Call } from './wire.ts';

/** The most that one `readBytes` or `readElements` may return. */
export const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** Something that keeps a file from being shown as what it claims to be. Bytes can always be shown. */
export interface BufferProblem {
  /** Stable id such as `bad-magic`, `shape-exceeds-file`, `object-dtype`. */
  readonly kind: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** The bytes that it is about. */
  readonly start?: number;
  readonly end?: number;
}

/** One array laid over the file. Element `i` of axes `0..n` starts at `offset + Σ index[k]·strides[k]`. */
export interface ArrayDescription {
  /** Member name in a container; empty where the file is the array. */
  readonly name: string;
  readonly dtype: DType;
  /** NumPy's own text: `<f8`, or a list of fields. */
  readonly dtypeText: string;
  readonly shape: readonly number[];
  /** In bytes. */
  readonly strides: readonly number[];
  readonly offset: number;
  readonly order: 'C' | 'F' | 'both' | 'strided';
  readonly byteOrder: 'little' | 'big' | 'mixed' | 'none';
  /** Bytes from the first to the last element, `shape` and itemsize multiplied where contiguous. */
  readonly byteLength: number;
  /** How a value is read through it, where the element is not the value: bits, offsets, codes. */
  readonly note?: string;
  /** It is a buffer of a column, whose values are told by `readValue`. */
  readonly isOfColumn?: boolean;
}

/** A named part of the file, for colour and labels: `magic`, `header`, `data`, … */
export interface FileRegion {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** A part of a file that is opened on its own: unpacked or decoded first, or a file inside a file. */
export interface PartDescription {
  readonly name: string;
  /** Of what is opened, and what it takes in the file. */
  readonly byteLength: number;
  readonly packedByteLength: number;
  /** Of a part that is known to be an array. */
  readonly array: { readonly dtypeText: string; readonly shape: readonly number[] } | null;
  /** Its array is among the file's own as well. */
  readonly isShown: boolean;
  readonly canOpen: boolean;
}

export interface BufferDescription {
  readonly fileName: string;
  readonly byteLength: number;
  /** Grows when the file changed; replies computed from another generation are dropped. */
  readonly generation: number;
  /** `npy`, `raw`, … and its words for people: `NumPy array, version 1.0`. */
  readonly format: string;
  readonly formatLabel: string;
  readonly arrays: readonly ArrayDescription[];
  readonly regions: readonly FileRegion[];
  readonly problems: readonly BufferProblem[];
  readonly parts?: readonly PartDescription[];
  /** Where someone said what the bytes are. */
  readonly layout?: RawLayoutText;
  /** Bytes that the user marked before; told once, to a panel that opens. */
  readonly bookmarks?: readonly number[];
  /** Of a part of a file: which file that is, its format, and the way to the part. */
  readonly partOf?: {
    readonly fileName: string;
    readonly format: string;
    readonly names: readonly string[];
    /** Of a file on disk, by which a window that is loaded again finds it. */
    readonly uri?: string;
  };
  /** Of memory of a running program instead of a file. */
  readonly live?: LiveObject;
  /** Of a buffer that may be edited; without it there is nothing that could be. */
  readonly edit?: EditState;
}

/** An object of a program that is debugged or of a notebook. */
export interface LiveObject {
  readonly objectClass: string;
  /** Base, contiguity, address: for people. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** `null` where its bytes can be written. */
  readonly whyReadOnly: string | null;
}

export type ReadFailure =
  | { readonly kind: 'outOfRange'; readonly byteLength: number }
  /** The file is gone, locked or changed beneath; the last bytes shown stay, greyed. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** The program whose memory it is runs, ended or can't be asked; a whole sentence. */
  | { readonly kind: 'gone'; readonly message: string };

/** A rectangle of elements: `shape[0]` rows of `shape[1]`, packed row by row in the reply. All else in bytes. */
export interface ElementWindow {
  readonly shape: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly offset: number;
  readonly itemsize: number;
}

/** How one value of a column is read through the buffers that it is kept in. */
export interface ValueReading {
  /** `batch 0/name`. */
  readonly column: string;
  /** As Arrow prints it: `list<int32>`. */
  readonly typeName: string;
  /** Of the value in its column. */
  readonly position: number;
  /** As Python prints it; `null` where the buffers say what can't be. */
  readonly text: string | null;
  readonly problem?: string;
  readonly steps: readonly ReadingStep[];
}

export interface ReadingStep {
  /** `batch 0/name.validity`, or the column that the step leads to. */
  readonly buffer: string;
  /** `offsets[3] is 5, offsets[4] is 8`. */
  readonly text: string;
  /** The bytes that say so; none of a buffer that is compressed or absent. */
  readonly start?: number;
  readonly end?: number;
}

/** Bytes that say nothing of themselves, as a person or a setting says what they are. */
export interface RawLayoutText {
  /** NumPy's dtype, a `struct` format, a format of PEP 3118, or a struct as in C; `kind` says which. */
  readonly kind: 'dtype' | 'struct' | 'pep3118' | 'c';
  readonly type: string;
  /** As typed: `2, 3`; empty for as many elements as fit. */
  readonly shape: string;
  readonly order: 'C' | 'F';
  readonly offset: string;
  /** In bytes; empty for none but the natural ones. */
  readonly strides: string;
}

/** A layout that a raw file may have, and why. */
export interface LayoutSuggestion {
  readonly layout: RawLayoutText;
  readonly label: string;
  readonly reason: string;
}

export interface BadLayout {
  readonly kind: 'badLayout';
  /** The field of the form that is wrong. */
  readonly field: keyof RawLayoutText;
  readonly message: string;
}

export interface KeepFailure {
  readonly kind: 'notKept';
  readonly message: string;
}

export interface TimingFailure {
  readonly kind: 'notTimed';
  readonly message: string;
}

/** What needs nothing but the bytes: answered wherever they are read, in a worker or beside a debugger. */
export interface BufferReadRequests {
  describe: Call<Record<string, never>, BufferDescription, ReadFailure>;
  /** Bytes `[offset, offset + length)`, cut at the end of the file. */
  readBytes: Call<
    { offset: number; length: number },
    { readonly generation: number; readonly bytes: ArrayBuffer },
    ReadFailure
  >;
  /** The window's elements, each `itemsize` bytes as they stand in the file. */
  readElements: Call<
    ElementWindow,
    { readonly generation: number; readonly bytes: ArrayBuffer },
    ReadFailure
  >;
  /** `null` for what has no numbers. */
  statistics: Call<
    { job: number; elements: LaidElements },
    { readonly generation: number; readonly statistics: ElementStatistics | null },
    ReadFailure
  >;
  unique: Call<
    { job: number; elements: LaidElements; limit: number },
    { readonly generation: number } & UniqueValues,
    ReadFailure
  >;
  histogram: Call<
    { job: number; elements: LaidElements; bins: number; part: NumberPart },
    { readonly generation: number } & Histogram,
    ReadFailure
  >;
  series: Call<
    { job: number; elements: LaidElements; runs: number; part: NumberPart },
    { readonly generation: number } & Series,
    ReadFailure
  >;
  find: Call<FindRequest, FindReply, ReadFailure | BadQuery>;
  /** The value that an element of an array is a part of; `null` where the array is of no column. */
  readValue: Call<
    { array: number; element: number },
    { readonly generation: number; readonly reading: ValueReading | null },
    ReadFailure
  >;
}

/** Besides reading, what the editor around the panel does. */
export interface BufferViewRequests extends BufferReadRequests {
  /** Lays the given type over a raw file until another one is given; `null` takes it back to bytes. */
  layRaw: Call<{ layout: RawLayoutText | null }, BufferDescription, ReadFailure | BadLayout>;
  suggestLayouts: Call<Record<string, never>, readonly LayoutSuggestion[], ReadFailure>;
  /** Opens a part of the file in a panel of its own. */
  openPart: Call<{ name: string }, Record<string, never>, ReadFailure>;
  /** One step of undo. The document is dirty from then on; saving it is VS Code's own command. */
  edit: Call<
    { edits: readonly BufferEdit[]; label: string },
    BufferDescription,
    ReadFailure | EditFailure
  >;
  /** Keeps a layout in the settings for all files of a pattern such as `*.dat`. */
  keepLayout: Call<{ pattern: string; layout: RawLayoutText }, Record<string, never>, KeepFailure>;
  /** Remembers the marked bytes for the next time that the file is opened. */
  keepBookmarks: Call<{ bookmarks: readonly number[] }, Record<string, never>>;
  /** Compares with another buffer: of a file that was selected for it, one that the user picks, or the committed state. */
  compare: Call<CompareRequest, CompareReply, ReadFailure | CompareFailure>;
  /** Writes elements to a file that the user names; null where none was named. */
  exportArray: Call<
    ExportRequest,
    { readonly fileName: string | null; readonly writtenBytes: number },
    ReadFailure | ExportFailure
  >;
  /** Opens a snippet that times the copy against the view, and runs it where the workspace is trusted. */
  timeCopy: Call<
    { code: string; label: string },
    { readonly output: string | null },
    TimingFailure
  >;
}

export interface BufferViewEvents {
  /** The file changed on disk, or someone edited it: ask `describe` again. */
  changed: {
    readonly generation: number;
    /** By an edit: what is shown is no older than what the panel knows. */
    readonly edited?: boolean;
  };
  progress: ScanProgress;
  /** Show and select these bytes. */
  reveal: { readonly start: number; readonly end: number };
  /** Show the comparison, with this. */
  compareWith: CompareWith;
  /** Show the layout, and time copying the chain on screen against viewing it. */
  timeCopy: Record<string, never>;
}

export interface BufferViewContract {
  readonly requests: BufferViewRequests;
  readonly events: BufferViewEvents;
}

type ForBuffer<C> =
  C extends Call<infer P, infer R, infer F>
    ? // `Record<string, never>` with a key more is a type without values.
      Call<P extends Record<string, never> ? { bufferId: number } : P & { bufferId: number }, R, F>
    : never;

/** The worker's side: the same reads, for the buffer that `open` gave an id. */
export type BufferWorkerRequests = {
  [M in keyof BufferReadRequests]: ForBuffer<BufferReadRequests[M]>;
} & BufferEditRequests & {
    /**
     * One that may be edited has its own edits; any other is the file as it is on disk. `parts` leads to a part of
     * it, by the name in each file on the way.
     */
    open: Call<
      { path: string; editable?: boolean; parts?: readonly string[] },
      { bufferId: number; description: BufferDescription },
      ReadFailure
    >;
    close: Call<{ bufferId: number }, Record<string, never>>;
    layRaw: Call<
      { bufferId: number; layout: RawLayoutText | null },
      BufferDescription,
      ReadFailure | BadLayout
    >;
    /** From the file's size, what lies beside it, and the Python code that opens it. */
    suggestLayouts: Call<
      { bufferId: number; pythonFiles: readonly string[] },
      readonly LayoutSuggestion[],
      ReadFailure
    >;
    exportArray: Call<
      { bufferId: number; path: string } & Omit<ExportRequest, 'name'>,
      { readonly writtenBytes: number },
      ReadFailure | ExportFailure
    >;
    compare: Call<
      { bufferId: number; otherId: number } & ComparePart,
      BufferDifferences,
      ReadFailure | CompareFailure
    >;
  };

export interface BufferWorkerContract {
  readonly requests: BufferWorkerRequests;
  readonly events: {
    readonly changed: { readonly bufferId: number; readonly generation: number };
    readonly progress: ScanProgress & { readonly bufferId: number };
  };
}
