/**
 * The `when` clauses of the manifest, read as VS Code reads them: it drops a clause that it can't read, and shows the
 * item everywhere.
 */
export type ContextKeys = Readonly<Record<string, string | boolean | number>>;

/** In quotes is what a value with a space needs; double ones are none. */
const TOKEN = /\s*(?:(&&|\|\||==|!=|=~|!|\(|\))|(\/(?:[^/\\]|\\.)+\/[a-z]*)|'([^']*)'|([\w.:-]+))/y;

interface Token {
  readonly kind: 'sign' | 'pattern' | 'text' | 'name';
  readonly text: string;
}

/** Throws where VS Code would drop the clause. */
export function matchesWhen(clause: string, keys: ContextKeys): boolean {
  const tokens = tokensOf(clause);
  let at = 0;
  const takes = (sign: string) => {
    const isNext = tokens[at]?.kind === 'sign' && tokens[at]?.text === sign;
    if (isNext) at++;
    return isNext;
  };
  const operand = () => {
    const token = tokens[at++];
    if (!token || token.kind === 'sign') throw new Error(`an operand is missing: ${clause}`);
    return token;
  };
  const either = (): boolean => {
    let holds = both();
    while (takes('||')) holds = both() || holds;
    return holds;
  };
  const both = (): boolean => {
    let holds = term();
    while (takes('&&')) holds = term() && holds;
    return holds;
  };
  const term = (): boolean => {
    if (takes('!')) return !term();
    if (takes('(')) {
      const holds = either();
      if (!takes(')')) throw new Error(`a parenthesis is missing: ${clause}`);
      return holds;
    }
    const value = keys[operand().text];
    if (takes('==')) return String(value ?? '') === operand().text;
    if (takes('!=')) return String(value ?? '') !== operand().text;
    if (!takes('=~')) return value !== undefined && value !== false && value !== '' && value !== 0;
    const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/.exec(operand().text) ?? [];
    if (source === '') throw new Error(`a pattern is missing: ${clause}`);
    return typeof value === 'string' && new RegExp(source, flags).test(value);
  };
  const holds = either();
  if (at < tokens.length) throw new Error(`what follows is not read: ${clause}`);
  return holds;
}

function tokensOf(clause: string): readonly Token[] {
  const tokens: Token[] = [];
  const text = clause.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`not read from ${text.slice(at)}`);
    const [, sign, pattern, quoted, name] = found;
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (pattern !== undefined) tokens.push({ kind: 'pattern', text: pattern });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted });
    else tokens.push({ kind: 'name', text: name ?? '' });
  }
  return tokens;
}
