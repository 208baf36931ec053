/** One file of pyright's Program as our own questions see it: its tree, its text, and who knows its types. */
import type { Range } from 'vscode-languageserver/node';
import type { Declaration, Evaluator, FunctionType, NodeInfo, PyrightType } from '../evaluator.ts';
import type { ParseNode, Program, PyrightInternals, Uri } from '../pyrightInternals.ts';

export interface QueryEvaluator extends Evaluator {
  getInferredReturnType(type: FunctionType): PyrightType;
  resolveAliasDeclaration(
    declaration: Declaration,
    resolvesLocalNames: boolean,
  ): Declaration | undefined;
  getCallSignatureInfo(
    call: ParseNode,
    argumentIndex: number,
    isActive: boolean,
  ):
    | { readonly signatures: readonly { readonly activeParam?: { readonly name?: string } }[] }
    | undefined;
}

export interface QueriedFile {
  readonly uri: Uri;
  readonly program: Program;
  readonly evaluator: QueryEvaluator;
  readonly nodes: NodeInfo & { getImportInfo(node: ParseNode): ImportInfo | undefined };
  readonly module: ParseNode;
  readonly text: string;
  offsetAt(position: Range['start']): number | undefined;
  positionAt(offset: number): Range['start'];
  rangeOf(node: ParseNode): Range;
  readonly childrenOf: (node: ParseNode) => readonly ParseNode[];
  nodeAt(offset: number): ParseNode | undefined;
}

/** Where an import leads. */
export interface ImportInfo {
  readonly isImportFound: boolean;
  readonly resolvedUris: readonly Uri[];
  readonly filteredImplicitImports?: ReadonlyMap<string, { readonly uri: Uri }>;
}

export function queriedFile(
  internals: PyrightInternals,
  program: Program,
  uri: Uri,
): QueriedFile | undefined {
  const parsed = program.getParseResults(uri);
  const evaluator = program.evaluator as unknown as QueryEvaluator | undefined;
  if (!parsed || !evaluator) return undefined;
  const { lines } = parsed.tokenizerOutput;
  const positionAt = (offset: number) => internals.convertOffsetToPosition(offset, lines);
  return {
    uri,
    program,
    evaluator,
    nodes: internals.createAnalyzerNodeInfoAccessor(
      program.analyzerNodeInfoReader,
    ) as unknown as QueriedFile['nodes'],
    module: parsed.parserOutput.parseTree,
    text: parsed.text,
    offsetAt: (position) => internals.convertPositionToOffset(position, lines),
    positionAt,
    rangeOf: (node) => ({
      start: positionAt(node.start),
      end: positionAt(node.start + node.length),
    }),
    childrenOf: (node) => internals.getChildNodes(node).filter((each) => each !== undefined),
    nodeAt: (offset) => internals.findNodeByOffset(parsed.parserOutput.parseTree, offset),
  };
}

/** Calls `visit` for every node that overlaps `[start, end)`, outer ones first. */
export function visitNodes(
  file: QueriedFile,
  start: number,
  end: number,
  visit: (node: ParseNode) => void,
): void {
  const walk = (node: ParseNode) => {
    if (node.start >= end || node.start + node.length < start) return;
    if (file.nodes.isCodeUnreachable(node)) return;
    visit(node);
    for (const child of file.childrenOf(node)) walk(child);
  };
  walk(file.module);
}

/** A child that the kind of node has, or may have. */
export function childOf(node: ParseNode, name: string): ParseNode | undefined {
  return node.d[name] as ParseNode | undefined;
}

export function childListOf(node: ParseNode, name: string): readonly ParseNode[] {
  return (node.d[name] as readonly ParseNode[] | undefined) ?? [];
}

/** The text of a name node. */
export function nameOf(node: ParseNode): string {
  return String(node.d.value);
}
