/**
 * What is wrong with a text, statement by statement, for as long as the caller has time. Statements that the text
 * did not have before come first, since somebody is writing them. At the end it is what {@link findingsOf} says.
 */
import type { SparkError } from '#shared/protocol/engine.ts';
import type { SqlDocument, SqlStatement } from './sqlDocument.ts';
import type { SqlFinding } from './sqlFindings.ts';
import { findingOf, problemsOf } from './sqlFindings.ts';
import type { SqlTables } from './sqlTables.ts';
import { namesNeeded, StatementTables } from './sqlTables.ts';

export class Judgement {
  readonly document: SqlDocument;
  readonly #tables: StatementTables;
  /** Of a statement that is not judged yet, what was wrong with it before. */
  readonly #problems: Map<object, readonly SparkError[]>;
  readonly #order: readonly number[];
  readonly #onCrash: (error: unknown) => void;
  #judgedCount = 0;
  #names: (readonly string[])[] = [];
  #findings: readonly SqlFinding[] | undefined;

  /** `onCrash` hears of a statement that can't be judged for a mistake of ours; the others are. */
  constructor(
    document: SqlDocument,
    tables: SqlTables,
    onCrash: (error: unknown) => void,
    before?: Judgement,
  ) {
    this.document = document;
    this.#tables = new StatementTables(document, tables);
    this.#onCrash = onCrash;
    this.#problems = new Map();
    const known = new Set(before?.document.statements.map(({ identity }) => identity));
    const [written, others]: [number[], number[]] = [[], []];
    document.statements.forEach(({ identity }, index) => {
      const old = before && before.#problems.get(identity);
      if (old) this.#problems.set(identity, old);
      (known.has(identity) ? others : written).push(index);
    });
    this.#order = [...written, ...others];
  }

  get isDone(): boolean {
    return this.#judgedCount === this.#order.length;
  }

  get judgedCount(): number {
    return this.#judgedCount;
  }

  /** Judges statements until `hasTime` says no; one at least. */
  go(hasTime: () => boolean): void {
    do {
      const index = this.#order[this.#judgedCount];
      if (index === undefined) return;
      this.#judgedCount++;
      const statement = this.document.statements[index];
      if (statement) this.#judge(statement, index);
    } while (hasTime());
  }

  /** The names that the statements judged since the last call read. */
  takeNames(): readonly (readonly string[])[] {
    const names = this.#names;
    this.#names = [];
    return names;
  }

  /** In the order of the text. */
  get findings(): readonly SqlFinding[] {
    return (this.#findings ??= this.document.statements.flatMap((statement, index) => {
      const problems = this.#problems.get(statement.identity) ?? [];
      if (problems.length === 0) return [];
      const tables = this.#tables.before(index);
      return problems.map((problem) => findingOf(problem, statement, tables));
    }));
  }

  #judge(statement: SqlStatement, index: number): void {
    let problems: readonly SparkError[] = [];
    try {
      this.#names.push(...namesNeeded(statement));
      problems = problemsOf(statement, this.#tables.before(index));
    } catch (error) {
      this.#onCrash(error);
    }
    const old = this.#problems.get(statement.identity);
    this.#problems.set(statement.identity, problems);
    if (problems.length > 0 || (old && old.length > 0)) this.#findings = undefined;
  }
}
