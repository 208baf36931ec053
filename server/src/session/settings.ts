/** The settings as a client sent them, checked: another editor's may lack fields or have strange ones. */
import type { ServerSettings } from '#shared/protocol/languageServer.ts';

export const defaultSettings: ServerSettings = {
  checkTypes: true,
  typeCheckingMode: 'standard',
  pythonVersion: '',
  trusted: true,
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
    ...(overridesConfigFile === true ? { overridesConfigFile } : {}),
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isVersion(value: unknown): value is string {
  return typeof value === 'string' && /^3\.\d{1,2}(\.\d+)?$/.test(value);
}
