/**
 * pyright's own checker on a part of a document: the functions that were edited, and nothing else of it. Parsing and
 * binding the whole document costs a twentieth of checking it, and types are evaluated only as far as they are used.
 */
import type { LineSpan } from './processProtocol.ts';
import type {
  ParseNode,
  ParseResults,
  Program,
  PyrightDiagnostic,
  PyrightInternals,
  Uri,
} from './pyrightInternals.ts';

/** More than this is no part any more; the check of the whole document comes soon. */
const MOST_LINES = 1500;

export interface ScopeCheck {
  readonly scopes: readonly LineSpan[];
  readonly diagnostics: readonly PyrightDiagnostic[];
}

export function checkScopes(
  internals: PyrightInternals,
  program: Program,
  uri: Uri,
  lines: readonly LineSpan[],
): ScopeCheck | undefined {
  const sourceFile = program.getSourceFileInfo(uri)?.sourceFile;
  const parsed = program.getParseResults(uri);
  const { evaluator } = program;
  if (!sourceFile || !parsed || !evaluator) return undefined;
  const nodes = scopesOfLines(internals, parsed, lines);
  const scopes = [...nodes].map((node) => linesOf(internals, parsed, node));
  const lineCount = scopes.reduce((sum, { start, end }) => sum + end - start, 0);
  if (lineCount > MOST_LINES) return undefined;

  const { parserOutput } = parsed;
  const nodeInfo = internals.createAnalyzerNodeInfoAccessor(program.analyzerNodeInfoReader);
  const sink = nodeInfo.getFileInfo(parserOutput.parseTree)?.diagnosticSink;
  if (!sink) return undefined;
  const checker = new internals.Checker(
    program.importResolver,
    evaluator,
    parserOutput,
    undefined,
    nodeInfo,
  );
  for (const node of nodes) checker.walk(node);
  // Names that are never read, and those declared twice, in the functions that were walked.
  checker._validateSymbolTables();
  const found = sink.fetchAndClear();
  // The evaluator says each thing once, as it remembers the types: the check of the whole must find them said.
  for (const diagnostic of found) sink.addDiagnostic(diagnostic);

  const { configOptions } = program;
  const data = sourceFile._writableData;
  const before = data.checkerDiagnostics;
  data.checkerDiagnostics = found;
  // Adds what the parser and the binder found, and takes away what comments silence.
  sourceFile._recomputeDiagnostics(configOptions);
  const all = sourceFile.getDiagnostics(configOptions) ?? [];
  data.checkerDiagnostics = before;
  return {
    scopes,
    diagnostics: all.filter(({ range }) =>
      scopes.some(({ start, end }) => start <= range.start.line && range.start.line < end),
    ),
  };
}

function scopesOfLines(
  internals: PyrightInternals,
  { parserOutput, tokenizerOutput, text }: ParseResults,
  spans: readonly LineSpan[],
): ReadonlySet<ParseNode> {
  const nodes = new Set<ParseNode>();
  for (const { start, end } of spans)
    for (let line = start; line < Math.min(end, start + MOST_LINES); line++) {
      const offset = internals.convertPositionToOffset(
        { line, character: 0 },
        tokenizerOutput.lines,
      );
      if (offset === undefined) continue;
      const code = /[^\s#]/y;
      code.lastIndex =
        offset + (/^[ \t]*/.exec(text.slice(offset, offset + 1000))?.[0].length ?? 0);
      if (!code.test(text)) continue;
      const node = internals.findNodeByOffset(parserOutput.parseTree, code.lastIndex - 1);
      const scope = node && scopeOf(node);
      if (scope) nodes.add(scope);
    }
  return nodes;
}

/**
 * The outermost function around a node: what is inside it can't be told apart by flow. Else the statement of the
 * module, or of the classes around it; a class as a whole where its own head was edited.
 */
function scopeOf(node: ParseNode): ParseNode | undefined {
  const path: ParseNode[] = [];
  for (let each: ParseNode | undefined = node; each; each = each.parent) path.unshift(each);
  const outermost = path.find((each) => 'params' in each.d && 'suite' in each.d);
  if (outermost) return outermost;
  let scope: ParseNode | undefined;
  for (const [index, each] of path.entries()) {
    const { parent } = each;
    if (index === 0 || !parent || !('statements' in parent.d)) continue;
    const isOfClassOrModule =
      parent.parent === undefined || ('arguments' in parent.parent.d && 'suite' in parent.parent.d);
    if (!isOfClassOrModule) break;
    scope = each;
  }
  return scope;
}

function linesOf(
  internals: PyrightInternals,
  { tokenizerOutput: { lines } }: ParseResults,
  node: ParseNode,
): LineSpan {
  const start = internals.convertOffsetToPosition(node.start, lines).line;
  const last = internals.convertOffsetToPosition(node.start + node.length, lines).line;
  return { start, end: last + 1 };
}
