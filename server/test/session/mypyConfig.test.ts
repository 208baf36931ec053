import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { readIni, readToml } from '../../src/session/mypy/configText.ts';
import { codesSilence, errorCodeRules } from '../../src/oracle/pyright/mypyErrorCodes.ts';
import { modulePattern, readMypyConfig } from '../../src/session/mypy/mypyConfig.ts';
import type { MypyOption } from '../../src/session/mypy/mypyOptions.ts';
import { mypyOptions, strictOptions } from '../../src/session/mypy/mypyOptions.ts';

function read(text: string, dialect: 'ini' | 'setupCfg' | 'toml' = 'ini') {
  const found = readMypyConfig(dialect === 'toml' ? readToml(text) : readIni(text), dialect);
  if (!found) throw new Error('there is a configuration');
  return found;
}

/** `line severity message` of each problem. */
function problems(text: string, dialect?: 'ini' | 'toml'): readonly string[] {
  return read(text, dialect).problems.map(
    ({ line, severity, message }) => `${line} ${severity} ${message}`,
  );
}

const course = `[mypy]
python_version = 3.10
warn_return_any = True
warn_unused_configs = True
disallow_untyped_defs = False
disallow_incomplete_defs = False

[mypy.plugins.numpy.ndarray]
plugin_is_available = True
`;

describe("the course's mypy.ini", () => {
  it('sets what it says', () => {
    expect(read(course).config).toMatchObject({
      pythonVersion: '3.10',
      rules: {
        strataReturnsAny: 'error',
        strataUntypedDefinition: 'none',
        strataIncompleteDefinition: 'none',
      },
      modules: [],
    });
  });

  it('has a section that mypy does not read, and an option that says nothing here', () => {
    expect(problems(course)).toEqual([
      '3 hint Strata does not use "warn_unused_configs": sections with mistakes are always reported.',
      '7 error mypy does not read [mypy.plugins.numpy.ndarray], unless a plugin of yours does. Plugins are listed as "plugins = …" under [mypy], and options for the module numpy.ndarray stand under [mypy-numpy.ndarray].',
    ]);
  });
});

describe('mistakes', () => {
  it.each([
    [
      '[mypy]\ndisallow_untyped_def = True',
      '1 error mypy has no option "disallow_untyped_def". Did you mean "disallow_untyped_defs"?',
    ],
    [
      '[mypy]\nfrobnicate_all_the_things = 1',
      '1 error mypy has no option "frobnicate_all_the_things".',
    ],
    ['[mypy]\nstrict = maybe', '1 error "strict" is True or False, not "maybe".'],
    ['[mypy]\npython_version = 2.7', '1 error "2.7" is no version of Python such as 3.12.'],
    [
      '[mypy]\nenable_error_code = truthy-bool, no-such-code',
      '1 error mypy has no error code "no-such-code".',
    ],
    [
      '[mypy-foo.*]\npython_version = 3.12',
      '1 error "python_version" can\'t be set for one module: it stands under [mypy].',
    ],
    [
      '[mypy-foo*]\nignore_errors = True',
      '0 error "foo*" is no pattern of modules: dotted names, with * in place of whole parts, as in "foo.*".',
    ],
    [
      '[mypy: foo]\nignore_errors = True',
      '0 error mypy does not read [mypy: foo]. Options of one module stand under [mypy-foo].',
    ],
    [
      '[tool.mypy]\nstrict = True',
      '0 error mypy does not read [tool.mypy]: its options stand under [mypy], those of one module under [mypy-NAME].',
    ],
    ['[mypy]\nstrict = True\nnonsense', '2 error This line is neither a section nor an option.'],
  ])('in %j', (text, problem) => {
    expect(problems(text)).toContain(problem);
  });

  it.each([
    [
      '[tool.mypy]\npython_version = 3.10',
      '1 error Without quotes this is the number 3.1: python_version = "3.10".',
    ],
    [
      '[[tool.mypy.overrides]]\nignore_errors = true',
      '0 error This override names no module: module = "name" or ["name", "name.*"].',
    ],
    [
      '[tool.mypy]\nstrict = true\n[tool.mypy-foo]\nignore_errors = true',
      '2 error mypy does not read [tool.mypy-foo] in a TOML file: options of one module stand under [[tool.mypy.overrides]] with module = "…".',
    ],
  ])('in %j', (text, problem) => {
    expect(problems(text, 'toml')).toContain(problem);
  });

  it.each([
    '[mypy]\nplugins =\n  numpy.typing.mypy_plugin,\n  pydantic.mypy\nallow_untyped_defs = True\nno_warn_return_any = True',
    '; a comment\n[mypy]\n# another\nstrict: yes\n[mypy-foo.*,bar]\nignore_missing_imports = True',
    '[mypy]\nfiles = src\n[pydantic-mypy]\ninit_typed = True\n[flake8]\nmax-line-length = 100',
  ])('are not seen in %j', (text) => {
    expect(problems(text).filter((each) => each.includes(' error '))).toEqual([]);
  });
});

test('TOML and INI say the same', () => {
  const ini = `[mypy]
strict = True
warn_return_any = False
mypy_path = stubs:more
always_true = DEBUG, FAST
disable_error_code = attr-defined

[mypy-vendored.*]
ignore_errors = True

[mypy-numpy.*,pandas]
ignore_missing_imports = True
`;
  const toml = `[project]
name = "x"
[tool.mypy]
strict = true
warn_return_any = false
mypy_path = "stubs:more"
always_true = [
  "DEBUG", # one
  'FAST',
]
disable_error_code = ["attr-defined"]

[[tool.mypy.overrides]]
module = "vendored.*"
ignore_errors = true

[[tool.mypy.overrides]]
module = ["numpy.*", "pandas"]
ignore_missing_imports = true
`;
  const { config } = read(ini);
  expect(read(toml, 'toml').config).toEqual(config);
  expect(config).toMatchObject({
    extraPaths: ['stubs', 'more'],
    constants: { DEBUG: true, FAST: true },
    ignoredImports: ['numpy.*', 'pandas'],
    rules: {
      strataUntypedDefinition: 'error',
      strataReturnsAny: 'none',
      reportMissingTypeArgument: 'error',
      reportAttributeAccessIssue: 'none',
      disableBytesTypePromotions: true,
    },
  });
});

test('the narrower section wins', () => {
  const text = `[mypy-app.models]
disallow_untyped_defs = False
[mypy-*.models]
disallow_untyped_defs = True
[mypy-app.*]
warn_return_any = True
[mypy-app.models.*]
warn_return_any = False
`;
  expect(read(text).config.modules.map(({ pattern }) => pattern)).toEqual([
    'app.*',
    'app.models.*',
    '*.models',
    'app.models',
  ]);
});

test('files without a section for mypy say nothing', () => {
  expect(readMypyConfig(readIni('[metadata]\nname = x\n'), 'setupCfg')).toBeUndefined();
  expect(readMypyConfig(readToml('[tool.ruff]\nline-length = 100\n'), 'toml')).toBeUndefined();
});

test.each([
  ['foo.*', 'foo', true],
  ['foo.*', 'foo.bar.baz', true],
  ['foo.*', 'food', false],
  ['foo', 'foo.bar', false],
  ['*.tests.*', 'a.b.tests.c', true],
  ['foo.*.baz', 'foo.baz', true],
  ['*', 'anything.at.all', true],
])('%s on %s', (pattern, module, matches) => {
  expect(new RegExp(modulePattern(pattern)).test(module)).toBe(matches);
});

describe('the table', () => {
  it('has each option once, honoured or with a reason', () => {
    const names = mypyOptions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const option of mypyOptions) {
      const isHonoured = (option.whenTrue ?? option.whenFalse ?? option.becomes) !== undefined;
      expect(isHonoured, option.name).toBe(option.because === undefined);
    }
    for (const { name } of strictOptions) expect(names).toContain(name);
  });

  it('is the one in docs/mypy.md', () => {
    const path = fileURLToPath(new URL('../../../docs/mypy.md', import.meta.url));
    if (process.env.UPDATE) writeFileSync(path, documentation());
    expect(documentation()).toBe(readFileSync(path, 'utf8'));
  });
});

function documentation(): string {
  const row = (option: MypyOption) => `- \`${option.name}\`: ${effectOf(option)}`;
  const honoured = mypyOptions.filter(({ because }) => because === undefined);
  const rest = mypyOptions.filter(({ because }) => because !== undefined);
  const codes = Object.entries(errorCodeRules)
    .filter(([, rules]) => rules.length > 0)
    .map(([code, rules]) => `- \`${code}\`: ${rules.map((each) => `\`${each}\``).join(', ')}`);
  return `# mypy's configuration

\`mypy.ini\`, \`.mypy.ini\`, \`[tool.mypy]\` of \`pyproject.toml\` and \`setup.cfg\` are read, the first of them that has something for mypy, unless \`pyrightconfig.json\` or \`[tool.pyright]\` decides. Options of single modules hold for these modules. Mistakes are reported in the file. These lists are made of what the code does: \`UPDATE=1 npm run test:unit -- server/test/session/mypyConfig.test.ts\`.

Names that begin with \`strata\` are our own rules: [untyped-definition](rules/untyped-definition.md), [incomplete-definition](rules/incomplete-definition.md) and [returns-any](rules/returns-any.md).

## Honoured

${honoured.map(row).join('\n')}

## Not used, and why

${rest.map(row).join('\n')}

## Error codes

For \`disable_error_code\` and \`enable_error_code\`; a code that is not here has no counterpart. \`# type: ignore[code]\` silences what its codes stand for, with some generosity where pyright and mypy divide mistakes otherwise; without codes, with \`misc\`, and with a code that has no counterpart, it silences its line.

${codes.join('\n')}
`;
}

function effectOf({ whenTrue, whenFalse, becomes, because }: MypyOption): string {
  if (because !== undefined) return because;
  if (becomes !== undefined) return becomes;
  const list = (rules: Readonly<Record<string, unknown>> | undefined, value: string) => {
    const texts = Object.entries(rules ?? {}).map(
      ([name, level]) => `\`${name}: ${String(level)}\``,
    );
    return texts.length === 0 ? [] : [`${value}: ${texts.join(', ')}`];
  };
  return [...list(whenTrue, 'true'), ...list(whenFalse, 'false')].join('; ');
}

test.each([
  [['return-value'], 'reportReturnType', true],
  [['arg-type', 'return'], 'reportReturnType', true],
  [['arg-type'], 'reportReturnType', false],
  // Where mypy says `assignment` of a parameter's default, pyright says this.
  [['assignment'], 'reportArgumentType', true],
  [['misc'], 'reportReturnType', true],
  [['no-untyped-call'], 'reportReturnType', true],
  [['of-a-plugin'], 'reportReturnType', true],
  [['attr-defined'], 'reportSelfClsParameterName', true],
  [['attr-defined'], undefined, true],
])('# type: ignore%j and a finding of %s', (codes, rule, silences) => {
  expect(codesSilence(codes, rule)).toBe(silences);
});
