/**
 * mypy's configuration, as far as the type checker here can do what it asks, and what is wrong in it.
 * From mypy's documentation, "The mypy configuration file"; mypy itself is not run to read it.
 */
import type { ConfigSection, ConfigText, ConfigValue } from './configText.ts';
import { errorCodeRules } from '../../oracle/pyright/mypyErrorCodes.ts';
import type { MypyOption, RuleSettings } from './mypyOptions.ts';
import { mypyOptions, strictOptions } from './mypyOptions.ts';

export interface MypyConfig {
  readonly pythonVersion?: string;
  readonly platform?: string;
  readonly pythonPath?: string;
  readonly extraPaths: readonly string[];
  readonly constants: Readonly<Record<string, boolean>>;
  readonly rules: RuleSettings;
  /** In the order in which they apply, the last one wins. */
  readonly modules: readonly ModuleRules[];
  /** Patterns of modules whose absence is no error. */
  readonly ignoredImports: readonly string[];
}

export interface ModuleRules {
  readonly pattern: string;
  readonly rules: RuleSettings;
  readonly ignoresErrors?: true;
}

export interface ConfigProblem {
  readonly line: number;
  readonly severity: 'error' | 'hint';
  readonly message: string;
}

/** `dialect`: how the file names sections, `[mypy-foo.*]` or `[[tool.mypy.overrides]]` with `module`. */
export function readMypyConfig(
  text: ConfigText,
  dialect: 'ini' | 'setupCfg' | 'toml',
): { readonly config: MypyConfig; readonly problems: readonly ConfigProblem[] } | undefined {
  const root = dialect === 'toml' ? 'tool.mypy' : 'mypy';
  const isOurs = (name: string) =>
    name === root || name.startsWith(dialect === 'toml' ? `${root}.` : `${root}-`);
  const hasAny = text.sections.some(({ name }) => isOurs(name) || name.startsWith('mypy.'));
  if (dialect !== 'ini' && !hasAny) return undefined;
  const reader = new ConfigReader(root);
  if (dialect === 'ini')
    for (const line of text.broken)
      reader.problem(line, 'This line is neither a section nor an option.');
  for (const section of text.sections) reader.section(section, dialect);
  return { config: reader.config(), problems: reader.problems };
}

/** Everything that one file says, gathered section by section. */
class ConfigReader {
  readonly problems: ConfigProblem[] = [];
  readonly #root: string;
  readonly #texts: { pythonVersion?: string; platform?: string; pythonPath?: string } = {};
  readonly #extraPaths: string[] = [];
  readonly #constants: Record<string, boolean> = {};
  readonly #modules: ModuleRules[] = [];
  readonly #ignoredImports: string[] = [];
  #rules: RuleSettings = {};

  constructor(root: string) {
    this.#root = root;
  }

  problem(line: number, message: string, severity: ConfigProblem['severity'] = 'error'): void {
    this.problems.push({ line, severity, message });
  }

  config(): MypyConfig {
    return {
      ...this.#texts,
      extraPaths: this.#extraPaths,
      constants: this.#constants,
      rules: this.#rules,
      modules: [...this.#modules].sort((a, b) => precedence(a.pattern) - precedence(b.pattern)),
      ignoredImports: this.#ignoredImports,
    };
  }

  section(section: ConfigSection, dialect: 'ini' | 'setupCfg' | 'toml'): void {
    const { name, line } = section;
    if (name === this.#root) {
      this.#global(section);
      return;
    }
    if (dialect === 'toml') {
      if (name === 'tool.mypy.overrides') this.#override(section);
      else if (name.startsWith('tool.mypy-'))
        this.problem(
          line,
          `mypy does not read [${name}] in a TOML file: options of one module stand under [[tool.mypy.overrides]] with module = "…".`,
        );
      return;
    }
    if (name.startsWith('mypy-')) {
      for (const pattern of name.slice('mypy-'.length).split(','))
        this.#module(section, pattern.trim());
    } else if (/^mypy\b/i.test(name)) this.#wrongSection(section);
    else if (dialect === 'ini' && section.entries.some(({ key }) => optionOf(key)))
      this.problem(
        line,
        `mypy does not read [${name}]: its options stand under [mypy], those of one module under [mypy-NAME].`,
      );
  }

  #wrongSection({ name, line }: ConfigSection): void {
    const module = /^mypy[.: ]+(.*)$/i.exec(name)?.[1] ?? '';
    const plugin = /^plugins\.(.+)$/.exec(module)?.[1];
    this.problem(
      line,
      plugin === undefined
        ? `mypy does not read [${name}]. Options of one module stand under [mypy-${module === '' ? 'NAME' : module}].`
        : `mypy does not read [${name}], unless a plugin of yours does. Plugins are listed as "plugins = …" under [mypy], and options for the module ${plugin} stand under [mypy-${plugin}].`,
    );
  }

  #global({ entries }: ConfigSection): void {
    // What strict stands for is overruled by what stands beside it.
    const strict = entries.find(({ key }) => key === 'strict');
    if (strict && booleanOf(strict.value) === true)
      for (const { name, value } of strictOptions)
        this.#rules = { ...this.#rules, ...rulesOf(name, value) };
    for (const { key, value, line } of entries) {
      const option = this.#option(key, line);
      if (!option) continue;
      const rules = this.#read(option.option, option.inverted, value, line);
      if (rules) this.#rules = { ...this.#rules, ...rules };
      if (option.option.name === 'ignore_missing_imports' && booleanOf(value) === true)
        this.#ignoredImports.push('*');
      if (option.option.name === 'ignore_errors' && booleanOf(value) === true)
        this.#modules.push({ pattern: '*', rules: {}, ignoresErrors: true });
    }
  }

  #override({ entries, line }: ConfigSection): void {
    const module = entries.find(({ key }) => key === 'module');
    if (!module) {
      this.problem(line, 'This override names no module: module = "name" or ["name", "name.*"].');
      return;
    }
    const rest = { name: '', line, entries: entries.filter((each) => each !== module) };
    for (const pattern of listOf(module.value)) this.#module(rest, pattern);
  }

  #module({ entries, line }: ConfigSection, pattern: string): void {
    if (!/^(\*|[^\W\d]\w*)(\.(\*|[^\W\d]\w*))*$/.test(pattern)) {
      this.problem(
        line,
        `"${pattern}" is no pattern of modules: dotted names, with * in place of whole parts, as in "foo.*".`,
      );
      return;
    }
    let rules: RuleSettings = {};
    let ignoresErrors = false;
    for (const { key, value, line: at } of entries) {
      const found = this.#option(key, at);
      if (!found) continue;
      if (!found.option.isPerModule) {
        this.problem(at, `"${key}" can't be set for one module: it stands under [${this.#root}].`);
        continue;
      }
      rules = { ...rules, ...this.#read(found.option, found.inverted, value, at) };
      if (found.option.name === 'ignore_missing_imports' && booleanOf(value) === true)
        this.#ignoredImports.push(pattern);
      if (found.option.name === 'ignore_errors') ignoresErrors = booleanOf(value) === true;
    }
    this.#modules.push({ pattern, rules, ...(ignoresErrors ? { ignoresErrors } : {}) });
  }

  #option(key: string, line: number) {
    const found = optionOf(key);
    if (found) return found;
    const meant = nearest(key);
    this.problem(
      line,
      `mypy has no option "${key}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
    );
    return undefined;
  }

  /** The rules that an option turns on or off; what else it says is kept aside. */
  #read(
    option: MypyOption,
    inverted: boolean,
    value: ConfigValue,
    line: number,
  ): RuleSettings | undefined {
    const { name } = option;
    if (option.because !== undefined)
      this.problem(line, `Strata does not use "${name}": ${option.because}.`, 'hint');
    if (option.type === 'boolean') {
      const truth = booleanOf(value);
      if (truth !== undefined) return rulesOf(name, truth !== inverted);
      this.problem(line, `"${name}" is True or False, not "${String(value)}".`);
      return undefined;
    }
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    switch (name) {
      case 'python_version': {
        const version = /^(\d+)\.(\d+)$/.exec(text);
        // TOML's 3.10 without quotes is the number 3.1.
        if (typeof value === 'number' && text === '3.1')
          this.problem(line, 'Without quotes this is the number 3.1: python_version = "3.10".');
        else if (version?.[1] !== '3')
          this.problem(line, `"${text}" is no version of Python such as 3.12.`);
        else this.#texts.pythonVersion = text;
        break;
      }
      case 'platform':
        this.#texts.platform = platforms[text] ?? 'All';
        break;
      case 'python_executable':
        this.#texts.pythonPath = text;
        break;
      case 'mypy_path':
        this.#extraPaths.push(
          ...listOf(value)
            .flatMap((each) => each.split(/[:,\n]/))
            .map((each) => each.trim().replace(/^\$MYPY_CONFIG_FILE_DIR\/?/, ''))
            .filter((each) => each !== ''),
        );
        break;
      case 'always_true':
      case 'always_false':
        for (const each of listOf(value)) this.#constants[each] = name === 'always_true';
        break;
      case 'disable_error_code':
      case 'enable_error_code':
        return this.#codes(listOf(value), name === 'enable_error_code' ? 'error' : 'none', line);
    }
    return undefined;
  }

  #codes(codes: readonly string[], level: 'error' | 'none', line: number): RuleSettings {
    const rules: Record<string, 'error' | 'none'> = {};
    for (const code of codes) {
      const found = errorCodeRules[code];
      if (!found) this.problem(line, `mypy has no error code "${code}".`);
      for (const rule of found ?? []) rules[rule] = level;
    }
    return rules;
  }
}

const platforms: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'Darwin',
  win32: 'Windows',
};

function rulesOf(name: string, value: boolean): RuleSettings {
  const option = mypyOptions.find((each) => each.name === name);
  return (value ? option?.whenTrue : option?.whenFalse) ?? {};
}

/** mypy lets most booleans be turned round: `no_` before, `allow` for `disallow`. */
function optionOf(
  key: string,
): { readonly option: MypyOption; readonly inverted: boolean } | undefined {
  const named = (name: string) => mypyOptions.find((each) => each.name === name);
  const direct = named(key);
  if (direct) return { option: direct, inverted: false };
  const turned = key.startsWith('no_')
    ? key.slice(3)
    : key.startsWith('allow_')
      ? `dis${key}`
      : key.startsWith('disallow_')
        ? key.slice(3)
        : key.startsWith('show_')
          ? `hide_${key.slice(5)}`
          : `no_${key}`;
  const option = named(turned);
  return option?.type === 'boolean' ? { option, inverted: true } : undefined;
}

function booleanOf(value: ConfigValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = String(value).toLowerCase();
  if (['true', 'yes', 'on', '1'].includes(text)) return true;
  return ['false', 'no', 'off', '0'].includes(text) ? false : undefined;
}

/** INI's lists are texts with commas or line ends. */
function listOf(value: ConfigValue): readonly string[] {
  if (Array.isArray(value)) return (value as readonly ConfigValue[]).map(String);
  return String(value as string | number | boolean)
    .split(/[,\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** `foo.*` by length, then patterns with a star elsewhere, then names: the later, the stronger. */
function precedence(pattern: string): number {
  if (!pattern.includes('*')) return 3000;
  const isStructured = /^[^*]+\.\*$/.test(pattern) || pattern === '*';
  return isStructured ? pattern.split('.').length : 2000;
}

/** A regular expression: `foo.*` is foo and all below it; a star elsewhere is any number of parts. */
export function modulePattern(pattern: string): string {
  const [first = '', ...rest] = pattern.split('.');
  const source = rest.reduce(
    (all, part) => all + (part === '*' ? '(\\..*)?' : `\\.${part}`),
    first === '*' ? '.*' : first,
  );
  return `^${source}$`;
}

function nearest(key: string): string | undefined {
  const candidates = mypyOptions.map(({ name }) => ({ name, distance: distance(key, name) }));
  const best = candidates.sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(1, key.length / 4) ? best.name : undefined;
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
