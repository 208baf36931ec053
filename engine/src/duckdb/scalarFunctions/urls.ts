/** URLs as Java's `URI`, `URLEncoder` and `URLDecoder` have them. */
import type { ScalarFunction, Value } from './scalarFunction.ts';

interface Url {
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

const allowed = "[A-Za-z0-9_.!~*'();/?:@&=+$,\\[\\]%\\-\\u0080-\\uffff]*";
const whole = new RegExp(`^(?:([A-Za-z][A-Za-z0-9+.-]*):)?${allowed}(?:#${allowed})?$`);
const structure = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/;

function parsed(text: string): Url | undefined {
  if (!whole.test(text) || /%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  const match = structure.exec(text);
  if (match === null) return undefined;
  const [, scheme, authority, path = '', query, fragment] = match;
  if (scheme !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) return undefined;
  if (/[[\]]/.test(path)) return undefined;
  return { scheme, authority, path, query, fragment };
}

/** Only an authority of this form is one of a server; another has no host. */
const server =
  /^(?:([^@]*)@)?((?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+\])(?::(\d*))?$/;

function partOf(url: Url, part: string, key: string | undefined): Value {
  const serverParts = url.authority === undefined ? null : server.exec(url.authority);
  switch (part) {
    case 'HOST':
      return serverParts?.[2] ?? null;
    case 'PATH':
      return url.path;
    case 'QUERY': {
      if (key === undefined) return url.query ?? null;
      const found = new RegExp(`(?:&|^)${key}=([^&]*)`).exec(url.query ?? '');
      return found?.[1] ?? null;
    }
    case 'REF':
      return url.fragment ?? null;
    case 'PROTOCOL':
      return url.scheme ?? null;
    case 'FILE':
      return url.query === undefined ? url.path : `${url.path}?${url.query}`;
    case 'AUTHORITY':
      return url.authority ?? null;
    case 'USERINFO':
      return serverParts?.[1] ?? null;
    default:
      return null;
  }
}

const parts = (name: string, isTolerant: boolean): ScalarFunction => ({
  name,
  prepare(site) {
    return (text: string, part: string, key?: string) => {
      const url = parsed(text);
      if (url !== undefined)
        return key !== undefined && part !== 'QUERY' ? null : partOf(url, part, key);
      return isTolerant || site.mode !== 'ansi' ? null : site.raise('INVALID_URL', text);
    };
  },
});

export const parseUrl = parts('parse_url', false);
export const tryParseUrl = parts('try_parse_url', true);

export const urlEncode: ScalarFunction = {
  name: 'url_encode',
  prepare: () => (text: string) =>
    [...Buffer.from(text, 'utf8')]
      .map((byte) => {
        const character = String.fromCharCode(byte);
        if (/[A-Za-z0-9.*_-]/.test(character)) return character;
        return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
      })
      .join(''),
};

function decoded(text: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  // Bytes that are no UTF-8 become replacement characters, as in Java.
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) =>
      Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
    );
}

export const urlDecode: ScalarFunction = {
  name: 'url_decode',
  prepare: (site) => (text: string) => decoded(text) ?? site.raise('CANNOT_DECODE_URL', text),
};

export const tryUrlDecode: ScalarFunction = {
  name: 'try_url_decode',
  prepare: () => (text: string) => decoded(text) ?? null,
};
