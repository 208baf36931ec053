/** Where a line of import goes: after the last of those at the top of a module, else after its docstring. */
import type { TextEdit } from 'vscode-languageserver/node';
import type { ImportedName } from './annotationText.ts';
import type { QueriedFile } from './queriedFile.ts';
import { childListOf } from './queriedFile.ts';

/** One line more among the imports. */
export function importLineEdit(file: QueriedFile, line: string): TextEdit {
  const position = file.positionAt(importOffset(file));
  return { range: { start: position, end: position }, newText: `${line}\n` };
}

export function importEdits(
  file: QueriedFile,
  names: readonly ImportedName[],
): readonly TextEdit[] {
  if (names.length === 0) return [];
  const position = file.positionAt(importOffset(file));
  const lines = [...names]
    .sort((a, b) => a.module.localeCompare(b.module) || a.name.localeCompare(b.name))
    .map(({ module, name }) => `from ${module} import ${name}\n`);
  return [{ range: { start: position, end: position }, newText: lines.join('') }];
}

function importOffset(file: QueriedFile): number {
  // A first line of `#!` and one that names the encoding stay where they are.
  let offset = /^(?:#[^\n]*\n)*/.exec(file.text)?.[0].length ?? 0;
  for (const [index, statement] of childListOf(file.module, 'statements').entries()) {
    const parts = childListOf(statement, 'statements');
    const isImport =
      parts.length > 0 && parts.every((each) => 'imports' in each.d || 'list' in each.d);
    const isDocstring = index === 0 && parts.length === 1 && 'strings' in (parts[0]?.d ?? {});
    if (!isImport && !isDocstring) break;
    const end = file.text.indexOf('\n', statement.start + statement.length - 1);
    offset = end < 0 ? file.text.length : end + 1;
  }
  return offset;
}
