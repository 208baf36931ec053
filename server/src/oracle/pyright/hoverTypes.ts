/** Types from a plain language server: the text of its hovers. Knows names only, and nothing of declared types. */
import type { CancellationToken, Hover, MessageConnection } from 'vscode-languageserver/node';
import type { TextRange, TypeAt } from '../typeOracle.ts';

export async function hoverTypes(
  connection: MessageConnection,
  uri: string,
  ranges: readonly TextRange[],
  token: CancellationToken,
): Promise<readonly TypeAt[]> {
  const types: TypeAt[] = [];
  for (const range of ranges) {
    const params = { textDocument: { uri }, position: range.start };
    const hover = await connection.sendRequest<Hover | null>('textDocument/hover', params, token);
    types.push(typeInHover(hover));
  }
  return types;
}

/** `(constant) FMT: Literal['QdQ']` in a fence, or as plain text. */
export function typeInHover(hover: Hover | null): TypeAt {
  const contents = hover?.contents;
  const text =
    typeof contents === 'object' && 'value' in contents ? contents.value : (contents ?? '');
  const computed =
    typeof text === 'string'
      ? /^\((?:variable|constant|parameter|property|field)\) \w+: (.+)$/m.exec(text)?.[1]
      : undefined;
  const literal = /^Literal\[(?:(\d+)|'((?:[^'\\]|\\.)*)'|(True|False))\]$/.exec(computed ?? '');
  return {
    declared: undefined,
    computed,
    literal:
      literal?.[1] !== undefined
        ? Number(literal[1])
        : literal?.[3] !== undefined
          ? literal[3] === 'True'
          : literal?.[2],
  };
}
