/**
 * Findings of pyright that the typing specification does not make errors, taken back.
 *
 * - "Static methods should not take a self or cls parameter": the specification gives no meaning to the name of a
 *   static method's first parameter (protocols: a static method's parameters are all its own). It is a matter of style.
 * - "Import could not be resolved from source" of a stub in the project itself: by the order of import resolution in
 *   "Distributing type information" such a stub is the module. A stub of somebody else's package, in `typings` or in
 *   typeshed, still tells that the package is not installed. `typing_extensions`, which the specification itself
 *   imports from, stands in typeshed's standard library; that it is not installed is told, and no warning.
 */
import type { Extension } from '../amendment.ts';

interface ImportResult {
  readonly importName: string;
  readonly importType: number;
  readonly resolvedUris?: readonly { toString(): string }[];
}
interface Checker {
  readonly _fileInfo: { readonly diagnosticRuleSet: Record<string, unknown> };
  _addMissingModuleSourceDiagnosticIfNeeded: (
    this: Checker,
    result: ImportResult,
    node: unknown,
  ) => void;
}

/** pyright's number for imports of the project's own files. */
const LOCAL = 2;
const MISSING_SOURCE = 'reportMissingModuleSource';

export const takenBack: Extension = {
  uses: ['Checker'],
  amendments: [
    {
      name: 'self in static methods',
      moduleExporting: 'Checker',
      find: /\("self"===(\w)\|\|"cls"===\1\)&&(?=this\._evaluator\.addDiagnostic\(\w+\.DiagnosticRule\.reportSelfClsParameterName,\w+\.LocMessage\.staticClsSelfParam\(\))/,
      replacement: '!1&&',
    },
  ],
  install(exported) {
    const { prototype } = exported('Checker') as { prototype: Checker };
    const report = prototype._addMissingModuleSourceDiagnosticIfNeeded;
    prototype._addMissingModuleSourceDiagnosticIfNeeded = function (this: Checker, result, node) {
      const path = result.resolvedUris?.at(-1)?.toString() ?? '';
      if (result.importType === LOCAL && !/[\\/]typings[\\/]/.test(path)) return;
      const rules = this._fileInfo.diagnosticRuleSet;
      const level = rules[MISSING_SOURCE];
      if (result.importName === 'typing_extensions' && level !== 'none')
        rules[MISSING_SOURCE] = 'information';
      report.call(this, result, node);
      rules[MISSING_SOURCE] = level;
    };
    return {};
  },
};
