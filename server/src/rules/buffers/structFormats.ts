/** Sizes of native types on the platform that the server runs on. */
import type { NativePlatform } from '#shared/layout/structFormat.ts';
import { LLP64, LP64 } from '#shared/layout/structFormat.ts';

export const platform: NativePlatform = process.platform === 'win32' ? LLP64 : LP64;
