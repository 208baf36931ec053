/** The rules on buffers: all of them read one analysis of where values come from and what is done to them. */
import type { PythonModule } from '../../python/module.ts';
import type { Rule, RuleContext } from '../finding.ts';
import type { Analysis } from './flow/analysis.ts';
import { followModule } from './flow/analysis.ts';
import type { Model } from './flow/machine.ts';
import { arrayModel } from './models/arrayModel.ts';
import { builtinsModel } from './models/builtinsModel.ts';
import { bytesIoModel } from './models/bytesIoModel.ts';
import { bytesModel } from './models/bytesModel.ts';
import { ctypesModel } from './models/ctypesModel.ts';
import { memoryviewModel } from './models/memoryviewModel.ts';
import { numpyModel } from './models/numpyModel.ts';
import { orderModel } from './models/orderModel.ts';
import { pandasModel } from './models/pandasModel.ts';
import { pillowModel } from './models/pillowModel.ts';
import { structModel } from './models/structModel.ts';

const models: readonly Model[] = [
  structModel,
  memoryviewModel,
  bytesModel,
  arrayModel,
  numpyModel,
  bytesIoModel,
  ctypesModel,
  pandasModel,
  pillowModel,
  orderModel,
  builtinsModel,
];

export const bufferRules: Rule = {
  ids: [
    'array-typecode',
    'array-value',
    'buffer-protocol',
    'buffer-readonly',
    'buffer-resize',
    'ctypes-address',
    'ctypes-buffer',
    'memoryview-assignment',
    'memoryview-cast',
    'memoryview-index',
    'memoryview-released',
    'no-buffer',
    'numpy-broadcast',
    'numpy-casting',
    'numpy-frombuffer',
    'numpy-index',
    'numpy-memmap',
    'numpy-readonly',
    'numpy-reshape',
    'numpy-strided',
    'numpy-view',
    'order-tie',
    'pandas-chained',
    'pandas-values',
    'pillow-copy',
    'struct-arguments',
    'struct-format',
    'struct-padding',
    'struct-size',
    'struct-targets',
    'struct-value',
  ],
  check: (module, context) => bufferAnalysis(module, context).findings,
};

/** Without one of these words no value that the rules speak of can come into being. */
const subjects =
  /struct|memoryview|bytearray|\barray\b|ctypes|numpy|pandas|PIL|mmap|heapq|PriorityQueue/;

const nothing: Analysis = { findings: [], known: [] };

const analyses = new WeakMap<PythonModule, { context: RuleContext; analysis: Analysis }>();

/** Hovers and hints ask for the analysis that the rules have made. */
export function bufferAnalysis(module: PythonModule, context: RuleContext): Analysis {
  if (!subjects.test(module.source.text)) return nothing;
  const before = analyses.get(module);
  if (before?.context === context) return before.analysis;
  const analysis = followModule(module, context, models);
  analyses.set(module, { context, analysis });
  return analysis;
}
