/** What `strata check` prints: JSON as it is documented, and text for people. */
export interface CheckDiagnostic {
  readonly file: string;
  /** Zero-based, columns in UTF-16 units, as in LSP. */
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly severity: 'error' | 'warning' | 'information';
  readonly source: 'pyright' | 'strata';
  /** `null` for syntax errors, which no rule turns off. */
  readonly rule: string | null;
  readonly message: string;
}

export interface CheckReport {
  /** Strata's. */
  readonly version: string;
  readonly files: readonly string[];
  readonly diagnostics: readonly CheckDiagnostic[];
  readonly summary: {
    readonly files: number;
    readonly errors: number;
    readonly warnings: number;
    readonly informations: number;
    readonly elapsedMs: number;
  };
  /** Why the type checker could not take part, where it could not. */
  readonly typeCheckerMessage?: string;
  /** With a baseline: findings that it accepts, and accepted ones that are gone. */
  readonly baseline?: { readonly accepted: number; readonly gone: number };
}

export function summarize(
  diagnostics: readonly CheckDiagnostic[],
  files: number,
  elapsedMs: number,
): CheckReport['summary'] {
  const count = (severity: CheckDiagnostic['severity']) =>
    diagnostics.filter((each) => each.severity === severity).length;
  return {
    files,
    errors: count('error'),
    warnings: count('warning'),
    informations: count('information'),
    elapsedMs: Math.round(elapsedMs),
  };
}

const colors = { error: 31, warning: 33, information: 36 } as const;

export function checkText(report: CheckReport, isTerminal: boolean): string {
  const paint = (code: number, text: string) => (isTerminal ? `\x1b[${code}m${text}\x1b[0m` : text);
  const lines: string[] = [];
  for (const [file, found] of byFile(report.diagnostics)) {
    lines.push(paint(1, file));
    const places = found.map(({ range }) => `${range.start.line + 1}:${range.start.character + 1}`);
    const width = Math.max(...places.map((place) => place.length));
    for (const [index, each] of found.entries()) {
      const place = (places[index] ?? '').padEnd(width);
      const indent = ' '.repeat(2 + width + 2 + 13);
      const rule = each.rule === null ? '' : `  ${paint(2, `${each.source} ${each.rule}`)}`;
      const [first = '', ...rest] = each.message.split('\n');
      lines.push(
        `  ${paint(2, place)}  ${paint(colors[each.severity], each.severity.padEnd(11))}  ${first}${rule}`,
        ...rest.map((line) => `${indent}${line.replace(/\u00a0/g, ' ').trim()}`),
      );
    }
    lines.push('');
  }
  lines.push(summaryLine(report));
  return `${lines.join('\n')}\n`;
}

function byFile(diagnostics: readonly CheckDiagnostic[]) {
  const files = new Map<string, CheckDiagnostic[]>();
  for (const each of diagnostics) {
    const known = files.get(each.file);
    if (known) known.push(each);
    else files.set(each.file, [each]);
  }
  return files;
}

function summaryLine({ summary, baseline }: CheckReport): string {
  const { errors, warnings, informations, files, elapsedMs } = summary;
  const parts = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(informations > 0 ? [plural(informations, 'note')] : []),
  ];
  const found = parts.length === 0 ? 'No problems' : parts.join(', ');
  const accepted =
    baseline === undefined
      ? ''
      : ` beyond the baseline, which accepts ${baseline.accepted}${baseline.gone === 0 ? '' : `; ${baseline.gone} of it ${baseline.gone === 1 ? 'is' : 'are'} gone: --write-baseline keeps it so`}`;
  return `${found} in ${plural(files, 'file')}${accepted} (${(elapsedMs / 1000).toFixed(1)} s)`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
