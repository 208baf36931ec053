/** The state of one reading: names, steps and what could not be known. Statements are read from the top to the end. */
import type { SyntaxNode } from '@lezer/common';
import type { Range } from '#sql/plan/range.ts';
import { statementToJson } from '#sql/plan/planJson.ts';
import type { Statement } from '#sql/plan/statements.ts';
import type { Relation } from '#sql/plan/unresolved.ts';
import type {
  ResultPart,
  ScriptAction,
  ScriptProblem,
  ScriptStep,
} from '#shared/protocol/frameScript.ts';
import type { LineIndex } from '../python/lineIndex.ts';
import { indexLines } from '../python/lineIndex.ts';
import type { PythonSource } from '../python/pythonSource.ts';
import { toOriginal } from '../python/pythonSource.ts';
import type { Arguments } from './arguments.ts';
import type { Schemas } from './schemas.ts';
import type { Frame, Value } from './values.ts';

/** Names of one function call, or of the module. */
export class Names {
  private readonly values = new Map<string, Value>();
  private readonly outer: Names | undefined;
  /** Modules of which every name was imported, the last one last. */
  private readonly stars: string[] = [];

  constructor(outer?: Names) {
    this.outer = outer;
  }

  get(name: string): Value | undefined {
    return this.values.get(name) ?? this.outer?.get(name);
  }

  /** Those that were set here. */
  get own(): readonly string[] {
    return [...this.values.keys()];
  }

  isOwn(name: string): boolean {
    return this.values.has(name);
  }

  set(name: string, value: Value): void {
    this.values.set(name, value);
  }

  addStar(module: string): void {
    this.stars.push(module);
  }

  get starImports(): readonly string[] {
    return [...(this.outer?.starImports ?? []), ...this.stars];
  }
}

export interface Observer {
  readonly wantsSteps: boolean;
  evaluated(node: SyntaxNode, value: Value): void;
  named(name: string, node: SyntaxNode, value: Value): void;
  called(callee: Value, args: Arguments): void;
}

/** How expressions and bodies are read; functions of the script come back to it. */
export interface Reading {
  evaluate(script: Script, node: SyntaxNode): Value;
  readBody(script: Script, body: SyntaxNode): Value | undefined;
}

export class Script {
  readonly source: PythonSource;
  readonly steps: ScriptStep[] = [];
  readonly problems: ScriptProblem[] = [];
  readonly notes: ScriptProblem[] = [];
  readonly schemas: Schemas;
  /** Frames that the script keeps in memory. */
  readonly cached = new Set<Relation>();
  /** Names of tables and views that it keeps in memory, in lower case. */
  readonly cachedTables = new Set<string>();
  /** Settings that the script gave, by their names. */
  readonly settings = new Map<string, string>();
  names = new Names();
  /** The statement that is being read. */
  statement: Range = { start: 0, end: 0 };
  /** Names that functions of RDDs read: Spark looks them up when it runs, which may be after they were changed. */
  readonly readLater = new Set<string>();
  /** Of the function of an RDD that is being read, the names of others that it reads. */
  namesRead: Set<string> | undefined;
  /** How deep functions of the script are inside one another. */
  depth = 0;
  /** Statements read so far, those of loops counted each time. */
  statementCount = 0;
  private readonly lines: LineIndex;
  private planCount = 0;
  private fileCount = 0;

  private readonly reading: Reading;
  /** Told of everything that is read, for checks and hovers. */
  readonly observer: Observer | undefined;

  constructor(source: PythonSource, reading: Reading, schemas: Schemas, observer?: Observer) {
    this.source = source;
    this.schemas = schemas;
    this.observer = observer;
    this.reading = reading;
    this.lines = indexLines(source.original);
  }

  evaluate(node: SyntaxNode): Value {
    return this.reading.evaluate(this, node);
  }

  readBody(body: SyntaxNode): Value | undefined {
    return this.reading.readBody(this, body);
  }

  textOf(node: { readonly from: number; readonly to: number }): string {
    return this.source.text.slice(node.from, node.to);
  }

  rangeOf({ from, to }: { readonly from: number; readonly to: number }): Range {
    return { start: toOriginal(this.source, from), end: toOriginal(this.source, to) };
  }

  frame(relation: Relation): Frame {
    return { kind: 'frame', relation, planId: this.planCount++ };
  }

  nextFileName(): string {
    this.fileCount += 1;
    return `strata_file_${this.fileCount}`;
  }

  /** The position of the new step. */
  add(action: ScriptAction): number {
    const { start, end } = this.statement;
    if (action.action === 'evaluate') this.schemas.mayBeLate = true;
    this.steps.push({ ...action, start, end, line: this.lineOf(start) });
    return this.steps.length - 1;
  }

  /** The steps that `read` adds run once for each item of a result; nothing is left of them where it fails. */
  addRepeat(over: ResultPart, read: (step: number) => void): void {
    const step = this.add({ action: 'repeat', over, length: 0 });
    const before = this.steps.length;
    try {
      read(step);
    } catch (error) {
      this.steps.length = step;
      throw error;
    }
    const [repeat] = this.steps.splice(step, 1);
    if (repeat?.action !== 'repeat') throw new Error('a loop begins with its own step');
    this.steps.splice(step, 0, { ...repeat, length: this.steps.length + 1 - before });
  }

  tell(message: string, { start, end }: Range): void {
    this.problems.push({ message, start, end, line: this.lineOf(start) });
  }

  /** It runs, but not quite as with Spark. */
  note(message: string, { start, end }: Range): void {
    this.notes.push({ message, start, end, line: this.lineOf(start) });
  }

  /** The first place stands for all. */
  noteOnce(message: string, range: Range): void {
    if (!this.notes.some((note) => note.message === message)) this.note(message, range);
  }

  lineOf(offset: number): number {
    return this.lines.positionAt(offset).line;
  }

  encode(statement: Statement): string {
    // Whoever reads the script for its text's sake has no use for its plans.
    if (this.observer?.wantsSteps === false) return '';
    return statementToJson(statement);
  }

  query(relation: Relation): string {
    return this.encode({ kind: 'query', relation, range: relation.range });
  }
}
