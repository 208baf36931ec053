/** CREATE VIEW in all its forms. */
import { collationOf } from '../../plan/collation.ts';
import type { Command, SchemaMode, ViewScope } from '../../plan/statements.ts';
import { isName, nameOf } from '../name.ts';
import type { TokenStream } from '../tokenStream.ts';
import {
  expectString,
  parseColumnDefinitions,
  parseIfNotExists,
  parseObjectName,
  parseProperties,
  textSince,
} from './pieces.ts';

/** After CREATE, OR REPLACE and the scope; VIEW comes next. */
export function parseCreateView(
  stream: TokenStream,
  start: number,
  { scope, replace }: { readonly scope: ViewScope; readonly replace: boolean },
): Command {
  stream.take();
  const ifNotExists = parseIfNotExists(stream);
  const name = parseObjectName(stream);
  const mark = stream.mark();
  if (scope !== 'persistent') {
    const columns = stream.isOperator('(') ? parseColumnDefinitions(stream) : [];
    if (stream.acceptWord('USING')) {
      const format = parseObjectName(stream).nameParts.join('.');
      const options = stream.acceptWord('OPTIONS') ? parseProperties(stream) : {};
      const range = { start, end: stream.lastEnd };
      return { kind: 'createViewUsing', name, scope, replace, columns, format, options, range };
    }
    stream.rewind(mark);
  }
  if (scope !== 'persistent' && name.nameParts.length > 1) {
    const actualName = name.nameParts.map((part) => `\`${part}\``).join('.');
    stream.report('TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS', { actualName }, name.range);
  }
  const columns = stream.isOperator('(') ? parseViewColumns(stream) : [];
  const clauses = parseViewClauses(stream);
  stream.expectWord('AS');
  const from = stream.next.start;
  const query = stream.grammar.query(stream);
  const queryText = textSince(stream, from);
  const range = { start, end: stream.lastEnd };
  const head = { kind: 'createView', name, scope, replace, ifNotExists } as const;
  return { ...head, columns, ...clauses, query, queryText, range };
}

export function parseSchemaMode(stream: TokenStream): SchemaMode {
  if (stream.acceptWord('BINDING')) return 'binding';
  if (stream.acceptWord('COMPENSATION')) return 'compensation';
  if (stream.acceptWord('TYPE', 'EVOLUTION')) return 'typeEvolution';
  if (!stream.acceptWord('EVOLUTION')) stream.syntaxError();
  return 'evolution';
}

/** What texts of the view's query compare by where they do not say; its canonical name. */
export function parseDefaultCollation(stream: TokenStream): string | undefined {
  if (!isName(stream.next)) {
    stream.syntaxError();
    return undefined;
  }
  const name = stream.take();
  const written = nameOf(stream, name);
  const found = collationOf(written);
  if (found.ok) {
    const isTrim = found.collation.ignoresTrailingBlanks;
    if (isTrim && !stream.context.parser.trimCollations)
      stream.report('UNSUPPORTED_FEATURE.TRIM_COLLATION', {}, name);
    return found.collation.name;
  }
  if (found.reason === 'invalid')
    stream.report('COLLATION_INVALID_NAME', { collationName: written }, name);
  else stream.unsupported(`The collation ${written}`, name.start);
  return undefined;
}

function parseViewColumns(stream: TokenStream): { name: string; comment?: string }[] {
  stream.take();
  const columns: { name: string; comment?: string }[] = [];
  do {
    if (!isName(stream.next)) {
      stream.syntaxError();
      break;
    }
    const name = nameOf(stream, stream.take());
    columns.push(stream.acceptWord('COMMENT') ? { name, comment: expectString(stream) } : { name });
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  return columns;
}

function parseViewClauses(stream: TokenStream) {
  let clauses: {
    comment?: string;
    properties: Readonly<Record<string, string>>;
    schemaMode?: SchemaMode;
    defaultCollation?: string;
  } = { properties: {} };
  const seen = new Set<string>();
  const once = (clause: string) => {
    if (seen.has(clause)) {
      stream.report('DUPLICATE_CLAUSES', { clauseName: clause }, stream.next);
    }
    seen.add(clause);
  };
  for (;;) {
    if (stream.isWord('COMMENT')) {
      once('COMMENT');
      stream.take();
      clauses = { ...clauses, comment: expectString(stream) };
    } else if (stream.acceptWord('TBLPROPERTIES')) {
      once('TBLPROPERTIES');
      clauses = { ...clauses, properties: parseProperties(stream) };
    } else if (stream.acceptWord('WITH', 'SCHEMA')) {
      once('WITH SCHEMA');
      if (!stream.context.parser.viewSchemaModes) {
        stream.report(
          'FEATURE_NOT_ENABLED',
          {
            featureName: 'VIEW ... WITH SCHEMA ...',
            configKey: 'spark.sql.legacy.viewSchemaBindingMode',
            configValue: 'true',
          },
          stream.next,
        );
      }
      clauses = { ...clauses, schemaMode: parseSchemaMode(stream) };
    } else if (stream.acceptWord('DEFAULT', 'COLLATION')) {
      const defaultCollation = parseDefaultCollation(stream);
      if (defaultCollation !== undefined) clauses = { ...clauses, defaultCollation };
    } else if (stream.isWord('PARTITIONED') && stream.isWord('ON', 1)) {
      stream.take();
      stream.take();
      stream.skipParentheses();
    } else return clauses;
  }
}
