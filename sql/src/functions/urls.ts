/** Functions of URLs. */
import { stringType } from '../plan/types.ts';
import type { FunctionRow } from './row.ts';
import { cast, plain } from './row.ts';

const parts = (name: string, doc: string) =>
  plain(name, [stringType, stringType], stringType, doc, {
    maximum: 3,
    signature: `${name}(url, part[, key])`,
    resolve: (site) => ({ arguments: cast(site, [stringType]), type: stringType, nullable: true }),
  });

export const urls: readonly FunctionRow[] = [
  parts(
    'parse_url',
    'A part of a URL: HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY or USERINFO.',
  ),
  parts('try_parse_url', 'As parse_url, but null where the URL is invalid.'),
  plain('url_encode', [stringType], stringType, 'A text as it is written in a URL.', {
    alwaysNullable: true,
  }),
  plain('url_decode', [stringType], stringType, 'The text that is written so in a URL.', {
    alwaysNullable: true,
  }),
  plain(
    'try_url_decode',
    [stringType],
    stringType,
    'As url_decode, but null where the text is malformed.',
    { alwaysNullable: true },
  ),
];
