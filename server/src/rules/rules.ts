/** All rules that look at one module by its own syntax. */
import type { PythonModule } from '../python/module.ts';
import { toOriginal } from '../python/pythonSource.ts';
import { structSize } from './buffers/structSize.ts';
import type { Finding, Rule } from './finding.ts';

export const moduleRules: readonly Rule[] = [structSize];

/** Every finding, in the order of the text, with offsets into the original. */
export function checkModule(module: PythonModule): readonly Finding[] {
  return moduleRules
    .flatMap((rule) => rule.check(module))
    .map((finding) => ({
      ...finding,
      start: toOriginal(module.source, finding.start),
      end: toOriginal(module.source, finding.end),
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}
