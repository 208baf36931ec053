/** What a name means: a column's type, a relation's schema, a function's help. */
import { findFunction } from '#sql/functions/table.ts';
import { tokenize } from '#sql/parse/lexer.ts';
import { simpleString } from '#sql/plan/types.ts';
import type { Relation, UnresolvedAttribute } from '#sql/plan/unresolved.ts';
import { schemaTable } from './completion.ts';
import { functionDocumentation } from './functionHelp.ts';
import { isRelation, pathAt } from './nodes.ts';
import type { SqlNode } from './nodes.ts';
import type { Scope, ScopeColumn } from './scope.ts';
import { columnsOf, endsWith, findColumns, scopeAt, typeName } from './scope.ts';
import type { SqlDocument, SqlStatement } from './sqlDocument.ts';
import { queryOf, statementAt } from './sqlDocument.ts';
import type { SqlTables } from './sqlTables.ts';
import { tablesAt } from './sqlTables.ts';

export interface SqlHover {
  readonly markdown: string;
  readonly start: number;
  readonly end: number;
}

export function hoverAt(
  document: SqlDocument,
  offset: number,
  outer: SqlTables,
): SqlHover | undefined {
  const statement = statementAt(document, offset);
  const local = offset - (statement?.start ?? 0);
  const token = statement?.tokens.find(({ start, end }) => start <= local && local < end);
  if (!statement || !token || !(/word|quotedWord/i.test(token.kind) || token.text === '*'))
    return undefined;
  const tables = tablesAt(document, statement, outer);
  const markdown = meaningOf(statement, token, tables);
  if (markdown === undefined) return undefined;
  return { markdown, start: statement.start + token.start, end: statement.start + token.end };
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function meaningOf(
  statement: SqlStatement,
  token: Place & { readonly text: string },
  tables: SqlTables,
): string | undefined {
  const query = queryOf(statement);
  const path = query ? pathAt(query, token.start) : [];
  const scope = scopeAt(path, tables);
  for (const node of [...path].reverse()) {
    const text = meaningIn(node, path, { statement, token, scope, tables });
    if (text !== undefined) return text;
  }
  const called = statement.tokens.find(({ start }) => start >= token.end)?.text === '(';
  return called ? functionText(statement.text.slice(token.start, token.end)) : undefined;
}

interface Around {
  readonly statement: SqlStatement;
  readonly token: Place;
  readonly scope: Scope;
  readonly tables: SqlTables;
}

function meaningIn(
  node: SqlNode,
  path: readonly SqlNode[],
  { statement, token, scope, tables }: Around,
): string | undefined {
  const isAt = ({ start, end }: Place) => start === token.start && end === token.end;
  switch (node.kind) {
    case 'unresolvedAttribute':
      return attributeText(node, token, scope, statement);
    case 'unresolvedStar': {
      if (token.end !== node.range.end) return undefined;
      const all = scope.columns.filter(({ qualifier }) => endsWith(qualifier, node.target));
      if (all.length === 0) return undefined;
      return `**${all.length} column${all.length === 1 ? '' : 's'}**\n\n${schemaTable(all.map(asField))}`;
    }
    case 'unresolvedFunction': {
      const isName = token.start === node.range.start && !node.operator;
      return isName ? functionText(node.functionName) : undefined;
    }
    case 'alias': {
      if (token.end !== node.range.end) return undefined;
      const select = path.findLast((each) => isRelation(each));
      const made = select && isRelation(select) && columnsOf(select, scope.references, tables);
      const column = made ? findColumns(made, [node.name])[0] : undefined;
      return column && columnText(column);
    }
    case 'read': {
      if (node.readType.kind !== 'namedTable') return undefined;
      const { nameParts } = node.readType;
      return relationText(node, nameParts.join('.'), scope, tables, tables.find(nameParts)?.path);
    }
    case 'subqueryAlias': {
      const isReference = isAt({ start: node.range.start, end: token.end });
      const isAlias = isReference || token.end === node.range.end;
      return isAlias ? relationText(node, node.alias, scope, tables) : undefined;
    }
    default:
      return undefined;
  }
}

function attributeText(
  node: UnresolvedAttribute,
  token: Place,
  { columns }: Scope,
  statement: SqlStatement,
): string | undefined {
  const names = tokenize(statement.text.slice(node.range.start, node.range.end)).filter(
    ({ kind }) => kind === 'word' || kind === 'quotedWord',
  );
  const index = names.findIndex(({ start }) => node.range.start + start === token.start);
  const parts = node.nameParts.slice(0, index < 0 ? node.nameParts.length : index + 1);
  const found = findColumns(columns, parts);
  if (found.length > 0) return found.map(columnText).join('\n\n');
  const ofRelation = columns.filter(({ qualifier }) => endsWith(qualifier, parts));
  if (ofRelation.length === 0) return undefined;
  return `**${parts.join('.')}**\n\n${schemaTable(ofRelation.map(asField))}`;
}

function columnText(column: ScopeColumn): string {
  const { name, type, nullable, qualifier } = column;
  const facts = [
    ...(type ? [nullable ? 'may be null' : 'never null'] : []),
    ...(qualifier.length > 0 ? [`of \`${qualifier.join('.')}\``] : []),
  ];
  const details = facts.length > 0 ? `\n\n${facts.join(' · ')}` : '';
  return `\`\`\`spark-sql\n${name} ${typeName(type)}\n\`\`\`${details}`;
}

function relationText(
  relation: Relation,
  name: string,
  { references }: Scope,
  tables: SqlTables,
  path?: string,
): string | undefined {
  const columns = columnsOf(relation, references, tables);
  if (columns.length === 0) return undefined;
  const file = path === undefined || path === name ? '' : ` · ${path}`;
  return `**${name}**${file}\n\n${schemaTable(columns.map(asField))}`;
}

function asField({ name, type, nullable }: ScopeColumn) {
  return { name, type: type ? simpleString(type) : '?', nullable };
}

function functionText(name: string): string | undefined {
  const row = findFunction(name);
  return row && `\`\`\`spark-sql\n${row.signature}\n\`\`\`\n\n${functionDocumentation(row)}`;
}
