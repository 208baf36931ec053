import { expect, test } from 'vitest';
import { otherTypeServer } from '#client/typeServers.ts';

test.each([
  [[], 'Default', undefined],
  [['ms-python.vscode-pylance'], 'Default', 'Pylance'],
  [['ms-python.vscode-pylance'], undefined, 'Pylance'],
  [['ms-python.vscode-pylance'], 'Pylance', 'Pylance'],
  [['ms-python.vscode-pylance'], 'None', undefined],
  [['ms-python.vscode-pylance'], 'Jedi', undefined],
  [['ms-python.vscode-pylance', 'astral-sh.ty'], 'None', 'ty'],
  [['ms-pyright.pyright'], 'None', 'Pyright'],
  [['detachhead.basedpyright'], 'Default', 'basedpyright'],
  [['meta.pyrefly'], 'Default', 'Pyrefly'],
  [['ms-python.python'], 'Default', undefined],
] as const)(
  'with %j and python.languageServer %s, types are checked by %s',
  (ids, setting, name) => {
    const enabled: readonly string[] = ids;
    expect(otherTypeServer((id) => enabled.includes(id), setting)).toBe(name);
  },
);
