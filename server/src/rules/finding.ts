/** What a rule says of a piece of source. Knows nothing of LSP. */
import type { PythonModule } from '../python/module.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Finding {
  /** The rule's id, as in docs/rules/. */
  readonly rule: string;
  readonly severity: Severity;
  /** Half-open offsets into the text that the module was parsed from. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** Silent on doubt: a rule reports only what is certain from the text. */
export interface Rule {
  readonly id: string;
  check(module: PythonModule): readonly Finding[];
}
