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
import { memoryviewModel } from './models/memoryviewModel.ts';
import { numpyModel } from './models/numpyModel.ts';
import { structModel } from './models/structModel.ts';

const models: readonly Model[] = [
  structModel,
  memoryviewModel,
  bytesModel,
  arrayModel,
  numpyModel,
  bytesIoModel,
  builtinsModel,
];

export const bufferRules: Rule = {
  ids: [
    'array-typecode',
    'array-value',
    'buffer-readonly',
    'buffer-resize',
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
const subjects = /struct|memoryview|bytearray|\barray\b|ctypes|numpy|pandas|PIL|mmap/;

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
