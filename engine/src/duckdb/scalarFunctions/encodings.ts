/** Bytes and texts: character sets, base 64, UTF-8. */
import type { ScalarFunction, Site } from './scalarFunction.ts';

export const base64Function: ScalarFunction = {
  name: 'base64',
  prepare: () => (bytes: Uint8Array) => Buffer.from(bytes).toString('base64'),
};

const alphabet = /[^A-Za-z0-9+/=]/g;

/** Java's MIME decoder: what is no letter of the alphabet is skipped. */
function mimeBytes(text: string): Uint8Array | undefined {
  const letters = text.replace(alphabet, '');
  const match = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(letters);
  if (!match) return undefined;
  const [, body = '', padding = ''] = match;
  const rest = body.length % 4;
  if (rest === 1 || (padding !== '' && (rest === 0 || rest + padding.length !== 4)))
    return undefined;
  return new Uint8Array(Buffer.from(body, 'base64'));
}

export const unbase64Function: ScalarFunction = {
  name: 'unbase64',
  prepare:
    ({ raise }) =>
    (text: string) =>
      mimeBytes(text) ?? raise('INVALID_BASE64', text),
};

/** White space is skipped, and nothing else that is no digit. */
function strictBytes(text: string): Uint8Array | undefined {
  // White space may stand before the padding, and not within it.
  if (/=\s+=/.test(text)) return undefined;
  const letters = text.replace(/[ \t\n\f\r]/g, '');
  const match = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(letters);
  if (!match) return undefined;
  const [, body = '', padding = ''] = match;
  const rest = body.length % 4;
  if (
    rest === 1 ||
    (padding !== '' && rest + padding.length !== 4) ||
    (padding !== '' && rest === 0)
  )
    return undefined;
  return new Uint8Array(Buffer.from(body, 'base64'));
}

/** The format is `hex`, `utf-8` or `base64`, in any case. */
export const toBinaryFunction: ScalarFunction = {
  name: 'to_binary',
  prepare(site) {
    const failed = (text: string, format: string) =>
      site.mode === 'try'
        ? null
        : site.raise(
            'CONVERSION_INVALID_INPUT',
            `'${text}'`,
            `'${format}'`,
            '"BINARY"',
            '`try_to_binary`',
          );
    return (text: string, given = 'hex') => {
      const format = given.toLowerCase();
      if (format === 'utf-8' || format === 'utf8') return new Uint8Array(Buffer.from(text, 'utf8'));
      if (format === 'base64') return strictBytes(text) ?? failed(text, 'BASE64');
      if (!/^[0-9a-fA-F]*$/.test(text)) return failed(text, 'HEX');
      return new Uint8Array(Buffer.from(text.length % 2 === 0 ? text : `0${text}`, 'hex'));
    };
  },
};

const charsets = ['iso-8859-1', 'us-ascii', 'utf-16', 'utf-16be', 'utf-16le', 'utf-32', 'utf-8'];

/** Raises where there is no such character set; `older` names what the session has of Spark's older ways. */
function charset(site: Site, name: string, functionName: string, older: string): string {
  const lower = name.toLowerCase();
  if (charsets.includes(lower)) return lower;
  const other: Readonly<Record<string, string>> = {
    'windows-1252': 'windows-1252',
    utf8: 'utf-8',
    ascii: 'us-ascii',
    latin1: 'iso-8859-1',
  };
  if (older.includes('javaCharsets') && other[lower] !== undefined) return other[lower];
  return site.raise(
    'INVALID_PARAMETER_VALUE.CHARSET',
    `\`${functionName}\``,
    '`charset`',
    charsets.join(', '),
    name,
  );
}

const malformed = (site: Site, functionName: string, name: string): never =>
  site.raise('MALFORMED_CHARACTER_CODING', `\`${functionName}\``, name);

export const encodeFunction: ScalarFunction = {
  name: 'encode',
  prepare: (site) => (text: string, name: string, older: string) => {
    const set = charset(site, name, 'encode', older);
    const lenient = older.includes('codingErrorAction');
    const limit = { 'us-ascii': 0x7f, 'iso-8859-1': 0xff, 'windows-1252': 0xff }[set];
    if (limit !== undefined) {
      const codes = Array.from(text, (one) => one.codePointAt(0) ?? 0);
      return Uint8Array.from(codes, (code) =>
        code <= limit ? code : lenient ? 0x3f : malformed(site, 'encode', name),
      );
    }
    if (set === 'utf-8') return new Uint8Array(Buffer.from(text, 'utf8'));
    if (set === 'utf-32') {
      const codes = Array.from(text, (one) => one.codePointAt(0) ?? 0);
      const view = new DataView(new ArrayBuffer(4 * codes.length));
      for (const [index, code] of codes.entries()) view.setUint32(4 * index, code);
      return new Uint8Array(view.buffer);
    }
    const little = Buffer.from(text, 'utf16le');
    if (set === 'utf-16le') return new Uint8Array(little);
    const big = new Uint8Array(little.swap16());
    // Java marks the order of bytes where the name does not say it.
    return set === 'utf-16be' || text === '' ? big : Uint8Array.from([0xfe, 0xff, ...big]);
  },
};

export const decodeFunction: ScalarFunction = {
  name: 'decode',
  prepare: (site) => (bytes: Uint8Array, name: string, older: string) => {
    const set = charset(site, name, 'decode', older);
    const lenient = older.includes('codingErrorAction');
    if (set === 'us-ascii') {
      return Array.from(bytes, (byte) =>
        byte < 0x80
          ? String.fromCharCode(byte)
          : lenient
            ? '\ufffd'
            : malformed(site, 'decode', name),
      ).join('');
    }
    if (set === 'iso-8859-1')
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    if (set === 'utf-32')
      return utf32(bytes) ?? (lenient ? '\ufffd' : malformed(site, 'decode', name));
    const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
    const isMarked = isLittle || (bytes[0] === 0xfe && bytes[1] === 0xff);
    const label = set === 'utf-16' ? (isLittle ? 'utf-16le' : 'utf-16be') : set;
    const body = set === 'utf-16' && isMarked ? bytes.subarray(2) : bytes;
    try {
      return new TextDecoder(label, { fatal: !lenient, ignoreBOM: true }).decode(body);
    } catch {
      return malformed(site, 'decode', name);
    }
  },
};

function utf32(bytes: Uint8Array): string | undefined {
  if (bytes.length % 4 !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let result = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const code = view.getUint32(at);
    if (at === 0 && code === 0xfeff) continue;
    if (code > 0x10ffff) return undefined;
    result += String.fromCodePoint(code);
  }
  return result;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const looseUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictUtf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** `extra` names the function; texts are UTF-8 here, only bytes can fail. */
export const utf8Function: ScalarFunction = {
  name: 'utf8',
  prepare:
    ({ extra, raise }) =>
    (value: string | Uint8Array) => {
      if (typeof value === 'string') return extra === 'is_valid_utf8' ? true : value;
      if (extra === 'is_valid_utf8') return isUtf8(value);
      if (extra === 'make_valid_utf8' || isUtf8(value)) return looseUtf8.decode(value);
      if (extra === 'try_validate_utf8') return null;
      const text = Array.from(
        value,
        (byte) => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`,
      );
      return raise('INVALID_UTF8_STRING', text.join(''));
    },
};
