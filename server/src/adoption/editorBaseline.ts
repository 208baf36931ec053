/** What the baselines of the workspace's folders accept, kept until one of them changes on disk. */
import { readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BaselineFile } from '#shared/baseline.ts';
import { BASELINE_FILE, baselineEntry, beyondBaseline, readBaseline } from '#shared/baseline.ts';

interface Finding {
  readonly range: { readonly start: { readonly line: number } };
  readonly code?: string | number;
  readonly message: string;
}

export class EditorBaseline {
  readonly #known = new Map<string, { mtimeMs: number; file: BaselineFile | undefined }>();

  /** The findings of a document beyond what the baseline in its folder accepts. */
  beyond<T extends Finding>(
    folderUris: readonly string[],
    uri: string,
    text: string,
    findings: readonly T[],
  ): readonly T[] {
    if (findings.length === 0 || !uri.startsWith('file:')) return findings;
    const folder = folderUris.find((each) => uri.startsWith(`${each.replace(/\/$/, '')}/`));
    if (!folder?.startsWith('file:')) return findings;
    const root = fileURLToPath(folder);
    const baseline = this.#baselineOf(join(root, BASELINE_FILE));
    const entries = baseline?.findings[relative(root, fileURLToPath(uri)).split(sep).join('/')];
    if (!entries) return findings;
    const lines = text.split(/\r\n?|\n/);
    return beyondBaseline(entries, findings, ({ code, message, range }) =>
      baselineEntry(
        code === undefined ? null : String(code),
        message,
        lines[range.start.line] ?? '',
      ),
    ).unaccepted;
  }

  #baselineOf(path: string): BaselineFile | undefined {
    const mtimeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (mtimeMs === undefined) return undefined;
    const known = this.#known.get(path);
    if (known?.mtimeMs === mtimeMs) return known.file;
    const file = readBaseline(readFileSync(path, 'utf8'));
    this.#known.set(path, { mtimeMs, file });
    return file;
  }
}
