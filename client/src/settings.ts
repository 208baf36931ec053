/** Everything that Strata reads of the user's settings, in one place. package.json declares them. */
import * as vscode from 'vscode';
import type { InlayHintSettings, ServerSettings } from '#shared/protocol/languageServer.ts';
import { checksEmbeddedSql, sparkFolders } from './queries/dialect.ts';
import { otherTypeServer } from './typeServers.ts';

export interface Settings {
  readonly typing: {
    readonly diagnostics: 'auto' | 'on' | 'off';
    readonly level: ServerSettings['typeCheckingMode'];
    readonly pythonVersion: string;
    readonly pythonPath: string;
    readonly mypy: 'on' | 'off';
    /** In MB; 0 leaves it to Node. */
    readonly memoryLimit: number;
    readonly requireOverride: boolean;
    readonly usesBaseline: boolean;
  };
  readonly inlayHints: InlayHintSettings;
  readonly rules: Readonly<Record<string, unknown>>;
  readonly buffers: {
    /** Whether open inspectors of a program's memory read what is visible anew when it stops. */
    readonly refreshOnStop: boolean;
  };
  readonly engine: {
    /** As DuckDB writes it: `2GB`. Empty leaves the choice to the engine. */
    readonly memoryLimit: string;
  };
}

export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration('strata');
  return {
    typing: {
      diagnostics: oneOf(configuration.get('typing.diagnostics'), ['auto', 'on', 'off'], 'auto'),
      level: oneOf(
        configuration.get('typing.level'),
        ['off', 'basic', 'standard', 'strict'],
        'standard',
      ),
      pythonVersion: text(configuration.get('typing.pythonVersion')),
      pythonPath: text(configuration.get('typing.pythonPath')),
      mypy: oneOf(configuration.get('typing.mypy'), ['on', 'off'], 'off'),
      memoryLimit: Number(configuration.get('typing.memoryLimit')) || 0,
      requireOverride: configuration.get('typing.requireOverride') === true,
      usesBaseline: configuration.get('typing.useBaseline') !== false,
    },
    inlayHints: {
      variableTypes: configuration.get('inlayHints.variableTypes') !== false,
      functionReturnTypes: configuration.get('inlayHints.functionReturnTypes') !== false,
      callArgumentNames: oneOf(
        configuration.get('inlayHints.callArgumentNames'),
        ['off', 'literals', 'all'],
        'literals',
      ),
      viewOrCopy: configuration.get('inlayHints.viewOrCopy') === true,
      arrayLayouts: configuration.get('inlayHints.arrayLayouts') === true,
      frameSchemas: configuration.get('inlayHints.frameSchemas') === true,
    },
    rules: record(configuration.get('rules')),
    buffers: { refreshOnStop: configuration.get('buffers.refreshOnStop') !== false },
    engine: { memoryLimit: text(configuration.get('engine.memoryLimit')) },
  };
}

/** Who publishes type errors, and why: shown in the status bar and in the diagnostics report. */
export interface TypeCheckingChoice {
  readonly checkTypes: boolean;
  /** The display name of the extension that checks types instead of us. */
  readonly instead?: string;
}

export function chooseTypeChecking(settings: Settings): TypeCheckingChoice {
  if (settings.typing.diagnostics === 'on') return { checkTypes: true };
  const instead = otherTypeServer(
    (id) => vscode.extensions.getExtension(id) !== undefined,
    vscode.workspace.getConfiguration('python').get('languageServer'),
  );
  const other = instead === undefined ? {} : { instead };
  if (settings.typing.diagnostics === 'off') return { checkTypes: false, ...other };
  return { checkTypes: instead === undefined, ...other };
}

/** `selected` is the interpreter of the Python extension, if that has one. */
export function serverSettings(settings: Settings, selected?: string): ServerSettings {
  const trusted = vscode.workspace.isTrusted;
  const pythonPath = trusted ? chosenPython(settings, selected) : undefined;
  return {
    checkTypes: chooseTypeChecking(settings).checkTypes,
    typeCheckingMode: settings.typing.level,
    pythonVersion: settings.typing.pythonVersion,
    requireOverride: settings.typing.requireOverride,
    usesBaseline: settings.typing.usesBaseline,
    inlayHints: settings.inlayHints,
    // The server checks what is in it.
    rules: settings.rules as NonNullable<ServerSettings['rules']>,
    trusted,
    mypy: settings.typing.mypy,
    ...(settings.typing.memoryLimit > 0 ? { memoryLimit: settings.typing.memoryLimit } : {}),
    // Findings stay on the screen while a server that died is started again; those that were pulled go with it.
    pushesDiagnostics: true,
    sqlFolders: sparkFolders(),
    checksEmbeddedSql: checksEmbeddedSql(),
    waitsForPython: true,
    ...(pythonPath === undefined ? {} : { pythonPath }),
  };
}

/** The interpreter of our setting, else the one that is selected, else that of the Python extension's setting. */
function chosenPython(settings: Settings, selected: string | undefined): string | undefined {
  const own = settings.typing.pythonPath === '' ? undefined : settings.typing.pythonPath;
  return own ?? selected ?? pythonPathSetting();
}

/** The interpreter that the Python extension's own setting names, if the user has set one. */
function pythonPathSetting(): string | undefined {
  const found = vscode.workspace.getConfiguration('python').inspect('defaultInterpreterPath');
  const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
  const path = text(value);
  return path === '' || path.includes('${') ? undefined : path;
}

/** The interpreter to run the user's code with; only ever asked for in a trusted workspace. */
export function pythonCommand(selected: string | undefined): string {
  return (
    chosenPython(readSettings(), selected) ?? (process.platform === 'win32' ? 'python' : 'python3')
  );
}

function oneOf<const T extends string>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.find((candidate) => candidate === value) ?? fallback;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
