/**
 * A project whose environment lacks its packages: then every import of one is unresolved, and one message says more
 * than a screen of errors. They are shown as information until the environment has been seen to.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { MissingPackages } from '#shared/protocol/languageServer.ts';
import { MISSING_PACKAGES } from '#shared/protocol/languageServer.ts';
import { folderOf } from './engineConfiguration.ts';
import type { ServerState } from './serverState.ts';

export class MissingImports {
  readonly #state: ServerState;
  /** By folder, packages that the project depends on and its environment lacks. */
  readonly #missing = new Map<string, Set<string>>();
  /** Environments of which it has been said. */
  readonly #said = new Set<string>();

  constructor(state: ServerState) {
    this.#state = state;
  }

  /** The same findings, with those calmed that the message stands for. */
  calmed(uri: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    const folder = folderOf(this.#state, uri);
    if (folder === undefined) return diagnostics;
    const names = diagnostics.flatMap((each) => packageOf(each) ?? []);
    const declared = names.length === 0 ? '' : dependenciesOf(folder);
    const lacking = names.filter((name) => declares(declared, name));
    if (lacking.length === 0) return diagnostics;
    const known = this.#missing.get(folder) ?? new Set();
    for (const name of lacking) known.add(name);
    this.#missing.set(folder, known);
    this.#say(folder, known);
    return diagnostics.map((each) => {
      const name = packageOf(each);
      return name !== undefined && lacking.includes(name)
        ? { ...each, severity: DiagnosticSeverity.Information }
        : each;
    });
  }

  #say(folder: string, names: ReadonlySet<string>): void {
    const environment = this.#state.projects.environmentOf(this.#state, folder);
    const key = `${folder} ${environment?.pythonPath ?? ''}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    const params: MissingPackages = {
      names: [...names],
      ...(environment ? { pythonPath: environment.pythonPath } : {}),
    };
    void this.#state.connection.sendNotification(MISSING_PACKAGES, params);
  }
}

function packageOf({ code, message }: Diagnostic): string | undefined {
  if (code !== 'reportMissingImports') return undefined;
  return /"([A-Za-z_]\w*)[\w.]*"/.exec(message)?.[1];
}

/** All that the project's files say it needs, as one text; its own modules are in none of them. */
function dependenciesOf(folder: string): string {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder).filter((name) =>
      /^(requirements.*\.(txt|in)|pyproject\.toml|setup\.(cfg|py)|environment\.ya?ml|Pipfile)$/.test(
        name,
      ),
    );
  } catch {
    // A folder that can't be listed declares nothing.
  }
  return names
    .map((name) => {
      try {
        return readFileSync(join(folder, name), 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n')
    .toLowerCase();
}

/** Distributions whose import has another name. */
const distributions: Readonly<Record<string, string>> = {
  pil: 'pillow',
  cv2: 'opencv',
  sklearn: 'scikit-learn',
  yaml: 'pyyaml',
  bs4: 'beautifulsoup4',
  dateutil: 'python-dateutil',
  dotenv: 'python-dotenv',
  jwt: 'pyjwt',
  attr: 'attrs',
};

function declares(declared: string, name: string): boolean {
  const lower = name.toLowerCase();
  const spellings = [lower, lower.replaceAll('_', '-'), distributions[lower] ?? lower];
  return spellings.some((each) =>
    new RegExp(`(^|[^\\w-])${each.replace(/[-.]/g, '[-_.]')}($|[^\\w-]|-python)`, 'm').test(
      declared,
    ),
  );
}
