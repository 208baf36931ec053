/** The settings as a client sent them, checked: another editor's may lack fields or have strange ones. */
import type {
  InlayHintSettings,
  RuleSeverity,
  ServerSettings,
} from '#shared/protocol/languageServer.ts';

export const defaultSettings: ServerSettings = {
  checkTypes: true,
  typeCheckingMode: 'standard',
  pythonVersion: '',
  trusted: true,
};

export const defaultInlayHints: InlayHintSettings = {
  variableTypes: true,
  functionReturnTypes: true,
  callArgumentNames: 'literals',
  viewOrCopy: false,
  arrayLayouts: false,
  frameSchemas: false,
};

const modes = ['off', 'basic', 'standard', 'strict'] as const;

/** Accepts the settings themselves, and as `{ strata: settings }`, as editors with one settings object send them. */
export function readSettings(sent: unknown): ServerSettings {
  const all = asRecord(sent);
  const given = 'strata' in all ? asRecord(all.strata) : all;
  const { checkTypes, trusted, pythonVersion, pythonPath, overridesConfigFile } = given;
  return {
    checkTypes: typeof checkTypes === 'boolean' ? checkTypes : defaultSettings.checkTypes,
    typeCheckingMode:
      modes.find((mode) => mode === given.typeCheckingMode) ?? defaultSettings.typeCheckingMode,
    pythonVersion: isVersion(pythonVersion) ? pythonVersion : defaultSettings.pythonVersion,
    trusted: typeof trusted === 'boolean' ? trusted : defaultSettings.trusted,
    ...(typeof pythonPath === 'string' && pythonPath !== '' ? { pythonPath } : {}),
    mypy: given.mypy === 'on' ? 'on' : 'off',
    pushesDiagnostics: given.pushesDiagnostics === true,
    ...(typeof given.memoryLimit === 'number' && given.memoryLimit >= 256
      ? { memoryLimit: Math.round(given.memoryLimit) }
      : {}),
    inlayHints: readInlayHints(asRecord(given.inlayHints)),
    rules: readRules(asRecord(given.rules)),
    ...(overridesConfigFile === true ? { overridesConfigFile } : {}),
    ...(given.requireOverride === true ? { requireOverride: true } : {}),
    ...(given.usesBaseline === false ? { usesBaseline: false } : {}),
    ...(given.waitsForPython === true ? { waitsForPython: true } : {}),
    ...(given.checksEmbeddedSql === false ? { checksEmbeddedSql: false } : {}),
    sqlFolders: Array.isArray(given.sqlFolders)
      ? given.sqlFolders.filter((folder) => typeof folder === 'string')
      : [],
  };
}

function readInlayHints(given: Record<string, unknown>): InlayHintSettings {
  const { variableTypes, functionReturnTypes } = given;
  const names = (['off', 'literals', 'all'] as const).find(
    (each) => each === given.callArgumentNames,
  );
  return {
    variableTypes:
      typeof variableTypes === 'boolean' ? variableTypes : defaultInlayHints.variableTypes,
    functionReturnTypes:
      typeof functionReturnTypes === 'boolean'
        ? functionReturnTypes
        : defaultInlayHints.functionReturnTypes,
    callArgumentNames: names ?? defaultInlayHints.callArgumentNames,
    viewOrCopy: given.viewOrCopy === true,
    arrayLayouts: given.arrayLayouts === true,
    frameSchemas: given.frameSchemas === true,
  };
}

const severities = ['error', 'warning', 'information', 'hint', 'off', 'default'] as const;

function readRules(given: Record<string, unknown>): Readonly<Record<string, RuleSeverity>> {
  const rules: Record<string, RuleSeverity> = {};
  for (const [rule, value] of Object.entries(given)) {
    const severity = severities.find((each) => each === value);
    if (severity) rules[rule] = severity;
  }
  return rules;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isVersion(value: unknown): value is string {
  return typeof value === 'string' && /^3\.\d{1,2}(\.\d+)?$/.test(value);
}
