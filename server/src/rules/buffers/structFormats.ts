/** Formats of `struct` in the source: their text, layout and size on the platform that the server runs on. */
import type { SyntaxNode } from '@lezer/common';
import type { NativePlatform, StructLayout } from '#shared/layout/structFormat.ts';
import { LLP64, LP64, parseStructFormat } from '#shared/layout/structFormat.ts';
import { constantString } from '../../python/constants.ts';
import type { PythonModule } from '../../python/module.ts';
import type { StringLiteral } from '../../python/stringLiteral.ts';

export const platform: NativePlatform = process.platform === 'win32' ? LLP64 : LP64;

export function structLayoutOf(
  module: PythonModule,
  format: SyntaxNode,
): { readonly literal: StringLiteral; readonly layout: StructLayout } | undefined {
  const literal = constantString(module, format);
  const layout = literal && parseStructFormat(literal.value, platform).layout;
  return layout && { literal, layout };
}
