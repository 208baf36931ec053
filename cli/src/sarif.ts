/** A report in the form that code scanning reads: SARIF 2.1.0. */
import { pathToFileURL } from 'node:url';
import type { CheckDiagnostic, CheckReport } from './checkReport.ts';

const levels = { error: 'error', warning: 'warning', information: 'note' } as const;

/** `root` is the folder that the report's paths are relative to. */
export function checkSarif(report: CheckReport, root: string): string {
  const rules = [...new Set(report.diagnostics.map(ruleId))].sort();
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Strata',
            version: report.version,
            informationUri: 'https://github.com/strata/strata',
            rules: rules.map((id) => ({
              id,
              helpUri: helpUri(id, report.diagnostics),
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(root).href.replace(/\/$/, '')}/` } },
        invocations: [
          {
            executionSuccessful: report.typeCheckerMessage === undefined,
            ...(report.typeCheckerMessage === undefined
              ? {}
              : {
                  toolExecutionNotifications: [
                    { level: 'error', message: { text: report.typeCheckerMessage } },
                  ],
                }),
          },
        ],
        results: report.diagnostics.map((each) => ({
          ruleId: ruleId(each),
          ruleIndex: rules.indexOf(ruleId(each)),
          level: levels[each.severity],
          message: { text: each.message.replaceAll('\u00a0', ' ') },
          locations: [{ physicalLocation: locationOf(each) }],
        })),
      },
    ],
  };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

/** Errors of syntax have no rule, and SARIF wants one. */
function ruleId({ rule }: CheckDiagnostic): string {
  return rule ?? 'syntax';
}

function helpUri(id: string, diagnostics: readonly CheckDiagnostic[]): string {
  const isOurs = diagnostics.some((each) => ruleId(each) === id && each.source === 'strata');
  return isOurs
    ? `https://github.com/strata/strata/blob/main/docs/rules/${id}.md`
    : `https://github.com/microsoft/pyright/blob/main/docs/configuration.md#${id}`;
}

/** One-based, the end exclusive as in LSP. A path outside the root has no base. */
function locationOf({ file, range }: CheckDiagnostic) {
  const isBelow = !file.startsWith('/') && !/^[A-Za-z]:/.test(file);
  return {
    artifactLocation: isBelow
      ? { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'ROOT' }
      : { uri: pathToFileURL(file).href },
    region: {
      startLine: range.start.line + 1,
      startColumn: range.start.character + 1,
      endLine: range.end.line + 1,
      endColumn: range.end.character + 1,
    },
  };
}
