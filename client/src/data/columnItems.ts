/** Columns in the tree of data: their types, what is inside of them, and what they hold where that was measured. */
import * as vscode from 'vscode';
import type { Field, ViewDefinition } from '#shared/protocol/engine.ts';
import { countWithShare, profileFacts, shareText } from '#shared/protocol/profileFacts.ts';
import { ddlType, quoteName } from '#shared/protocol/sparkDdl.ts';
import { parseSparkType, type SparkType } from '#shared/protocol/sparkType.ts';
import type { ColumnProfile } from '#shared/protocol/tables.ts';
import { formatCount } from '#shared/quantities.ts';
import { bars } from './bars.ts';

export type ColumnNode =
  | {
      readonly kind: 'column';
      readonly table: ViewDefinition;
      readonly field: Field;
      readonly isSampled: boolean;
      readonly profile?: ColumnProfile;
    }
  /** What is inside of a nested type; `path` is what SQL calls it, where it has a way to. */
  | {
      readonly kind: 'part';
      readonly name: string;
      readonly type: SparkType;
      readonly path: string | undefined;
    }
  | { readonly kind: 'fact'; readonly label: string; readonly text: string }
  | { readonly kind: 'frequent'; readonly profile: ColumnProfile };

export function columnChildren(node: ColumnNode): ColumnNode[] {
  switch (node.kind) {
    case 'column': {
      const parts = partsOf(parseSparkType(node.field.type), quoteName(node.field.name));
      return node.profile ? [...factsOf(node.profile), ...parts] : parts;
    }
    case 'part':
      return partsOf(node.type, node.path);
    case 'frequent':
      return (node.profile.frequent ?? []).map(({ text, count }) => ({
        kind: 'fact',
        label: text === '' ? '""' : text,
        text: countWithShare(count, node.profile.rowCount),
      }));
    case 'fact':
      return [];
  }
}

export function columnItem(node: ColumnNode, id: string | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(labelOf(node), collapsible(node));
  if (id !== undefined) item.id = id;
  switch (node.kind) {
    case 'column': {
      const { field, isSampled, profile } = node;
      const { name, type, nullable } = field;
      item.description = [
        nullable ? type : `${type} not null`,
        ...(profile ? summary(profile) : []),
      ].join(' · ');
      item.iconPath = new vscode.ThemeIcon(iconOf(type));
      item.contextValue = 'strata.column';
      const facts = profile ? profileFacts(profile).map((fact) => fact.join(': ')) : [];
      const said = isSampled ? `${name} ${type}, by the first rows` : `${name} ${type}`;
      item.tooltip = [said, ...facts].join('\n');
      return item;
    }
    case 'part':
      item.description = ddlType(node.type).toLowerCase();
      item.iconPath = new vscode.ThemeIcon(iconOf(item.description));
      item.contextValue = 'strata.part';
      return item;
    case 'fact':
      item.description = node.text;
      item.tooltip = `${node.label}: ${node.text}`;
      return item;
    case 'frequent':
      return item;
  }
}

/** What stands for it in SQL. */
export function columnSql(node: ColumnNode): string | undefined {
  if (node.kind === 'column') return quoteName(node.field.name);
  return node.kind === 'part' ? node.path : undefined;
}

function labelOf(node: ColumnNode): string {
  switch (node.kind) {
    case 'column':
      return node.field.name;
    case 'part':
      return node.name;
    case 'fact':
      return node.label;
    case 'frequent':
      return 'Most frequent';
  }
}

function collapsible(node: ColumnNode): vscode.TreeItemCollapsibleState {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  return columnChildren(node).length === 0 ? None : Collapsed;
}

/** Fields of structs have a path, also those of an array's elements; what is in a map has none. */
function partsOf(type: SparkType, path: string | undefined): ColumnNode[] {
  switch (type.kind) {
    case 'struct':
      return type.fields.map((field) => ({
        kind: 'part',
        name: field.name,
        type: field.type,
        path: path === undefined ? undefined : `${path}.${quoteName(field.name)}`,
      }));
    case 'array': {
      const isNested = type.element.kind === 'array' || type.element.kind === 'map';
      return type.element.kind === 'struct'
        ? partsOf(type.element, path)
        : isNested
          ? [{ kind: 'part', name: 'element', type: type.element, path: undefined }]
          : [];
    }
    case 'map':
      return [
        { kind: 'part', name: 'key', type: type.key, path: undefined },
        { kind: 'part', name: 'value', type: type.value, path: undefined },
      ];
    default:
      return [];
  }
}

function summary({ rowCount, nullCount, distinctCount, ...profile }: ColumnProfile): string[] {
  const about = profile.isDistinctEstimated ? 'about ' : '';
  const nulls = shareText(nullCount, rowCount);
  return [
    nulls === undefined ? 'no nulls' : `${nulls} null`,
    ...(profile.min === undefined ? [] : [`${about}${formatCount(distinctCount)} distinct`]),
  ];
}

function factsOf(profile: ColumnProfile): ColumnNode[] {
  const facts = profileFacts(profile).map(([label, text]): ColumnNode => ({
    kind: 'fact',
    label,
    text,
  }));
  const { histogram = [], frequent = [] } = profile;
  if (histogram.length > 0) facts.push({ kind: 'fact', label: 'Histogram', text: bars(histogram) });
  if (frequent.length > 0) facts.push({ kind: 'frequent', profile });
  return facts;
}

function iconOf(type: string): string {
  if (/^(tinyint|smallint|int|bigint|float|double|decimal)/.test(type)) return 'symbol-number';
  if (/^(date|timestamp|interval|time)/.test(type)) return 'calendar';
  if (type.startsWith('array')) return 'symbol-array';
  if (/^(struct|map|variant)/.test(type)) return 'symbol-object';
  return type === 'boolean' ? 'symbol-boolean' : 'symbol-string';
}
