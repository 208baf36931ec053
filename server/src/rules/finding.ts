/** What a rule says of a piece of source. Knows nothing of LSP. */
import type { FieldsOfFile } from '../frames/schemas.ts';
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
  /** Other places in the same text that explain it. */
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
}

export interface RelatedPlace {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** A change of the text that repairs a finding; the first one of a finding is the preferred one. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
  }[];
}

/** What a rule may know beyond the text. Everything is optional: a rule is silent about what it is not told. */
export interface RuleContext {
  /** `[3, 12]`: the Python that the code is meant for. */
  readonly pythonVersion?: readonly [number, number];
  /** `[3, 1, 0]`: the version of a distribution installed in the project's environment. */
  installedVersion?(distribution: string): readonly number[] | undefined;
  /** The size of a file that a relative path in the code means, where there is such a file. */
  fileSize?(path: string): number | undefined;
  /** The columns of a data file, as far as they have been asked for. One function as long as they stay the same. */
  readonly fieldsOfFile?: FieldsOfFile;
}

/** Silent on doubt: a rule reports only what is certain from the text. */
export interface Rule {
  /** Every id that its findings may have. */
  readonly ids: readonly string[];
  check(module: PythonModule, context: RuleContext): readonly Finding[];
}
