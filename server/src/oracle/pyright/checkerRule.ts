/**
 * Rules of ours that run on pyright's evaluator, after pyright has checked a file. What they find travels with pyright's
 * own findings, so that `# type: ignore`, `# pyright: ignore[…]` and unreachable code mean the same to them.
 */
import type { Extension } from './amendment.ts';
import type { Declaration, Evaluator, FileInfo, NodeInfo } from './evaluator.ts';
import { nodeKind } from './evaluator.ts';
import type { ParseNode } from './pyrightInternals.ts';

export interface CheckerRule {
  /** As in docs/rules/. */
  readonly id: string;
  /** The rule of pyright whose severity ours has, so that one setting turns both off. */
  readonly severityOf: string;
  /** For what is worth knowing and no mistake: the highest severity that it may have. */
  readonly isHint?: true;
  /** Exports of pyright that the rule needs. */
  readonly uses: readonly string[];
  check(file: CheckedFile): void;
}

export interface CheckedFile {
  readonly evaluator: Evaluator;
  readonly info: FileInfo;
  readonly nodes: NodeInfo;
  readonly module: ParseNode;
  /** All class definitions, also nested ones. */
  readonly classes: readonly ParseNode[];
  exported(name: string): unknown;
  /** What stands directly below a node. */
  readonly childrenOf: (node: ParseNode) => readonly ParseNode[];
  /** Whether something was found to be wrong inside a node. */
  hasErrorIn(node: ParseNode): boolean;
  report(node: ParseNode, message: string, related?: Related): void;
}

/** The other place that a finding is about. */
export interface Related {
  readonly message: string;
  readonly at: Declaration;
}

interface Sink {
  getErrors(): readonly { readonly range: Declaration['range'] }[];
  addDiagnosticWithTextRange(
    level: 'error' | 'warning' | 'information',
    message: string,
    range: { readonly start: number; readonly length: number },
  ): Finding | undefined;
}
interface Finding {
  setRule(rule: string): void;
  addRelatedInfo(message: string, uri: unknown, range: Declaration['range']): void;
}

type Position = Declaration['range']['start'];

/** The parts of pyright's checker that are used; `check` runs once a file. */
interface Checker {
  readonly _evaluator: Evaluator;
  readonly _fileInfo: FileInfo & { readonly diagnosticSink: Sink; readonly lines: unknown };
  readonly _moduleNode: ParseNode;
  readonly _nodeInfo: NodeInfo;
  check: (this: Checker) => void;
}

export function rulesAfterCheck(rules: readonly CheckerRule[]): Extension {
  return {
    uses: [
      'Checker',
      'getChildNodes',
      'convertOffsetToPosition',
      ...rules.flatMap(({ uses }) => uses),
    ],
    amendments: [],
    install(exported) {
      const { prototype } = exported('Checker') as { prototype: Checker };
      const childNodes = exported('getChildNodes') as (
        node: ParseNode,
      ) => readonly (ParseNode | undefined)[];
      const positionOf = exported('convertOffsetToPosition') as (
        offset: number,
        lines: unknown,
      ) => Position;
      const childrenOf = (node: ParseNode) => childNodes(node).filter((each) => each !== undefined);
      const checkAsPyright = prototype.check;
      prototype.check = function (this: Checker) {
        checkAsPyright.call(this);
        const classes = nodesOfKind(this._moduleNode, nodeKind.class, childrenOf);
        for (const rule of rules) {
          const level = this._fileInfo.diagnosticRuleSet[rule.severityOf];
          if (level !== 'error' && level !== 'warning' && level !== 'information') continue;
          const report: CheckedFile['report'] = (node, message, related) => {
            if (this._nodeInfo.isCodeUnreachable(node)) return;
            const sink = this._fileInfo.diagnosticSink;
            const finding = sink.addDiagnosticWithTextRange(
              rule.isHint ? 'information' : level,
              message,
              node,
            );
            finding?.setRule(rule.id);
            if (related) finding?.addRelatedInfo(related.message, related.at.uri, related.at.range);
          };
          rule.check({
            evaluator: this._evaluator,
            info: this._fileInfo,
            nodes: this._nodeInfo,
            module: this._moduleNode,
            classes,
            exported,
            childrenOf,
            hasErrorIn: (node) => {
              const { lines, diagnosticSink } = this._fileInfo;
              const start = positionOf(node.start, lines);
              const end = positionOf(node.start + node.length, lines);
              return diagnosticSink
                .getErrors()
                .some(({ range }) => !isBefore(range.start, start) && !isBefore(end, range.end));
            },
            report,
          });
        }
      };
      return {};
    },
  };
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** Those of the kind at and below a node, outer ones first. */
export function nodesOfKind(
  root: ParseNode,
  kind: number,
  childrenOf: CheckedFile['childrenOf'],
): readonly ParseNode[] {
  const found: ParseNode[] = [];
  const visit = (node: ParseNode) => {
    if (node.nodeType === kind) found.push(node);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return found;
}

/** Where a symbol is declared last; undefined for what has no source. */
export function lastDeclaration(symbol: {
  getDeclarations(): readonly Declaration[];
}): Declaration | undefined {
  return symbol.getDeclarations().at(-1);
}
