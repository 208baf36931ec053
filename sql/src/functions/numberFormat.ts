/** The format of `to_number` and `to_char`: digits, separators, a currency and a sign. */
import type { Range } from '../plan/range.ts';
import { raise } from '../problem.ts';

export interface NumberFormat {
  /** In the order of the format: runs of `0` or `9`, and the single other signs. */
  readonly tokens: readonly NumberToken[];
  readonly precision: number;
  readonly scale: number;
}

export type NumberToken =
  | { readonly kind: 'digits'; readonly text: string }
  | { readonly kind: 'group' }
  | { readonly kind: 'point' }
  | { readonly kind: 'dollar' }
  | { readonly kind: 'sign'; readonly text: 'S' | 'MI' }
  | { readonly kind: 'brackets' };

/** Raises what Spark raises of a format that is none. */
export function numberFormat(format: string, range: Range): NumberFormat {
  const parsed = parseNumberFormat(format);
  if ('tokens' in parsed) return parsed;
  return raise(parsed.condition, { format: `'${format}'`, ...parsed.parameters }, range);
}

export interface FormatProblem {
  readonly condition:
    | 'INVALID_FORMAT.EMPTY'
    | 'INVALID_FORMAT.WRONG_NUM_DIGIT'
    | 'INVALID_FORMAT.WRONG_NUM_TOKEN'
    | 'INVALID_FORMAT.UNEXPECTED_TOKEN'
    | 'INVALID_FORMAT.THOUSANDS_SEPS_MUST_BEFORE_DEC'
    | 'INVALID_FORMAT.CUR_MUST_BEFORE_DIGIT'
    | 'INVALID_FORMAT.CUR_MUST_BEFORE_DEC'
    | 'INVALID_FORMAT.CONT_THOUSANDS_SEPS'
    | 'INVALID_FORMAT.MISMATCH_INPUT';
  readonly parameters: Readonly<Record<string, string>>;
}

export function parseNumberFormat(format: string): NumberFormat | FormatProblem {
  const problem = (
    condition: FormatProblem['condition'],
    parameters: FormatProblem['parameters'] = {},
  ): FormatProblem => ({ condition, parameters });
  const upper = format.toUpperCase();
  if (upper === '') return problem('INVALID_FORMAT.EMPTY');
  const tokens = tokensOf(upper);
  if (typeof tokens === 'string') {
    return problem('INVALID_FORMAT.UNEXPECTED_TOKEN', {
      token: `'${tokens}'`,
      structure: 'the structure is not valid',
    });
  }
  const digits = tokens.filter((token) => token.kind === 'digits');
  if (digits.length === 0) return problem('INVALID_FORMAT.WRONG_NUM_DIGIT');
  const count = (kind: NumberToken['kind']) => tokens.filter((token) => token.kind === kind).length;
  for (const [kind, token] of [
    ['point', "'.' or 'D'"],
    ['dollar', "'$'"],
    ['brackets', "'PR'"],
  ] as const) {
    if (count(kind) > 1) return problem('INVALID_FORMAT.WRONG_NUM_TOKEN', { token });
  }
  const signs = tokens.filter((token) => token.kind === 'sign');
  for (const text of ['S', 'MI'] as const) {
    if (signs.filter((sign) => sign.text === text).length > 1)
      return problem('INVALID_FORMAT.WRONG_NUM_TOKEN', { token: `'${text}'` });
  }
  const at = (kind: NumberToken['kind']) => tokens.findIndex((token) => token.kind === kind);
  const point = at('point');
  const firstDigits = at('digits');
  const dollar = at('dollar');
  if (dollar >= 0 && point >= 0 && point < dollar)
    return problem('INVALID_FORMAT.CUR_MUST_BEFORE_DEC');
  if (dollar >= 0 && firstDigits < dollar) return problem('INVALID_FORMAT.CUR_MUST_BEFORE_DIGIT');
  if (point >= 0 && tokens.slice(point).some((token) => token.kind === 'group'))
    return problem('INVALID_FORMAT.THOUSANDS_SEPS_MUST_BEFORE_DEC');
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'group') continue;
    if (tokens[index - 1]?.kind !== 'digits' || tokens[index + 1]?.kind !== 'digits')
      return problem('INVALID_FORMAT.CONT_THOUSANDS_SEPS');
  }
  const shape = tokens
    .map((token) =>
      token.kind === 'digits' ? '9' : token.kind === 'sign' ? token.text : shapes[token.kind],
    )
    .join('');
  if (!/^(MI|S)?\$?(9(?:,9)*)?(?:\.9?)?\$?(PR|MI|S)?$/.test(shape)) {
    return problem('INVALID_FORMAT.UNEXPECTED_TOKEN', {
      token: `'${format}'`,
      structure: '[MI|S] [$] [0|9|G|,]* [.|D] [0|9]* [$] [PR|MI|S]',
    });
  }
  const lengthOf = (list: readonly NumberToken[]) =>
    list.reduce((sum, token) => sum + (token.kind === 'digits' ? token.text.length : 0), 0);
  const scale = point < 0 ? 0 : lengthOf(tokens.slice(point));
  const precision = lengthOf(tokens);
  if (precision > 38) return problem('INVALID_FORMAT.WRONG_NUM_DIGIT');
  return { tokens, precision, scale };
}

const shapes = { group: ',', point: '.', dollar: '$', brackets: 'PR' } as const;

/** The tokens, or the first text that is none. */
function tokensOf(format: string): readonly NumberToken[] | string {
  const tokens: NumberToken[] = [];
  let at = 0;
  while (at < format.length) {
    const digits = /^(0[09]*|9+)/.exec(format.slice(at));
    if (digits) {
      tokens.push({ kind: 'digits', text: digits[0] });
      at += digits[0].length;
      continue;
    }
    const character = format[at] ?? '';
    const two = format.slice(at, at + 2);
    if (character === '.' || character === 'D') tokens.push({ kind: 'point' });
    else if (character === ',' || character === 'G') tokens.push({ kind: 'group' });
    else if (character === '$') tokens.push({ kind: 'dollar' });
    else if (character === 'S') tokens.push({ kind: 'sign', text: 'S' });
    else if (two === 'MI') tokens.push({ kind: 'sign', text: 'MI' });
    else if (two === 'PR') tokens.push({ kind: 'brackets' });
    else return character;
    at += two === 'MI' || two === 'PR' ? 2 : 1;
  }
  return joined(tokens);
}

/** Digits side by side are one run: `9` before `0` are two for the reader. */
function joined(tokens: readonly NumberToken[]): readonly NumberToken[] {
  const result: NumberToken[] = [];
  for (const token of tokens) {
    const last = result.at(-1);
    if (token.kind === 'digits' && last?.kind === 'digits')
      result[result.length - 1] = { kind: 'digits', text: last.text + token.text };
    else result.push(token);
  }
  return result;
}
