/** The session settings that change what a statement means. */
export interface Settings {
  readonly ansi: boolean;
  /** An IANA zone or a fixed offset as Spark writes it. */
  readonly timeZone: string;
  readonly caseSensitive: boolean;
}

export const defaultSettings: Settings = { ansi: true, timeZone: 'UTC', caseSensitive: false };

/** Reads `spark.sql.…` keys; others are not this front end's. */
export function settingsFrom(values: Readonly<Record<string, string>>): Settings {
  const flag = (key: string, otherwise: boolean) => {
    const value = values[key]?.trim().toLowerCase();
    return value === 'true' ? true : value === 'false' ? false : otherwise;
  };
  return {
    ansi: flag('spark.sql.ansi.enabled', defaultSettings.ansi),
    timeZone: values['spark.sql.session.timeZone'] ?? defaultSettings.timeZone,
    caseSensitive: flag('spark.sql.caseSensitive', defaultSettings.caseSensitive),
  };
}
