/** AES as Spark has it: what encryption needs beside the key stands before the bytes. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { ScalarFunction, Site } from './scalarFunction.ts';

type Mode = 'GCM' | 'CBC' | 'ECB';
const [gcmIvLength, cbcIvLength, tagLength] = [12, 16, 16];

const checked = (
  site: Site,
  name: string,
  key: Uint8Array,
  mode: string,
  padding: string,
): Mode => {
  if (![16, 24, 32].includes(key.length)) {
    return site.raise('INVALID_PARAMETER_VALUE.AES_KEY_LENGTH', `\`${name}\``, String(key.length));
  }
  const [wanted, pad] = [mode.toUpperCase(), padding.toUpperCase()];
  const isGcm = wanted === 'GCM' && ['NONE', 'DEFAULT'].includes(pad);
  const isBlock = ['ECB', 'CBC'].includes(wanted) && ['PKCS', 'DEFAULT'].includes(pad);
  if (!isGcm && !isBlock) return site.raise('UNSUPPORTED_FEATURE.AES_MODE', mode, padding);
  return wanted as Mode;
};

export const aesEncrypt: ScalarFunction = {
  name: 'aes_encrypt',
  // Where no initialization vector is given, one is drawn.
  isVolatile: true,
  prepare(site) {
    return (
      input: Uint8Array,
      key: Uint8Array,
      modeText: string,
      padding: string,
      iv: Uint8Array,
      aad: Uint8Array,
    ) => {
      const mode = checked(site, 'aes_encrypt', key, modeText, padding);
      const bits = key.length * 8;
      if (iv.length > 0 && mode === 'ECB')
        return site.raise('UNSUPPORTED_FEATURE.AES_MODE_IV', mode);
      if (aad.length > 0 && mode !== 'GCM')
        return site.raise('UNSUPPORTED_FEATURE.AES_MODE_AAD', mode);
      if (mode === 'ECB') {
        const cipher = createCipheriv(`aes-${bits}-ecb`, key, null);
        return Buffer.concat([cipher.update(input), cipher.final()]);
      }
      const length = mode === 'GCM' ? gcmIvLength : cbcIvLength;
      if (iv.length > 0 && iv.length !== length) {
        return site.raise(
          'INVALID_PARAMETER_VALUE.AES_IV_LENGTH',
          mode,
          '`aes_encrypt`',
          String(iv.length),
        );
      }
      const used = iv.length > 0 ? iv : randomBytes(length);
      if (mode === 'CBC') {
        const cipher = createCipheriv(`aes-${bits}-cbc`, key, used);
        return Buffer.concat([used, cipher.update(input), cipher.final()]);
      }
      const cipher = createCipheriv(gcmOf(bits), key, used);
      if (aad.length > 0) cipher.setAAD(aad);
      return Buffer.concat([used, cipher.update(input), cipher.final(), cipher.getAuthTag()]);
    };
  },
};

function gcmOf(bits: number): 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm' {
  return bits === 128 ? 'aes-128-gcm' : bits === 192 ? 'aes-192-gcm' : 'aes-256-gcm';
}

const decryption = (name: string, isTolerant: boolean): ScalarFunction => ({
  name,
  prepare(site) {
    return (
      input: Uint8Array,
      key: Uint8Array,
      modeText: string,
      padding: string,
      aad: Uint8Array,
    ) => {
      // Even what is asked for wrongly is null where failures are tolerated.
      const quiet: Site = isTolerant
        ? {
            ...site,
            raise: () => {
              throw new Undecryptable();
            },
          }
        : site;
      try {
        const mode = checked(quiet, 'aes_decrypt', key, modeText, padding);
        if (aad.length > 0 && mode !== 'GCM')
          return quiet.raise('UNSUPPORTED_FEATURE.AES_MODE_AAD', mode);
        return decrypted(Buffer.from(input), key, mode, aad);
      } catch (error) {
        if (isTolerant) return null;
        if (!isCryptoError(error)) throw error;
        return site.raise(
          'INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR',
          '`aes_decrypt`',
          error.message,
        );
      }
    };
  },
});

export const aesDecrypt = decryption('aes_decrypt', false);
export const tryAesDecrypt = decryption('try_aes_decrypt', true);

class Undecryptable extends Error {
  readonly code = 'ERR_CRYPTO_UNDECRYPTABLE';
}

function isCryptoError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return 'code' in error || /auth|decrypt|iv|length/i.test(error.message);
}

function decrypted(input: Buffer, key: Uint8Array, mode: Mode, aad: Uint8Array): Buffer {
  const bits = key.length * 8;
  if (mode === 'ECB') {
    const cipher = createDecipheriv(`aes-${bits}-ecb`, key, null);
    return Buffer.concat([cipher.update(input), cipher.final()]);
  }
  if (mode === 'CBC') {
    if (input.length < cbcIvLength) throw new Undecryptable('The input is too short');
    const cipher = createDecipheriv(`aes-${bits}-cbc`, key, input.subarray(0, cbcIvLength));
    return Buffer.concat([cipher.update(input.subarray(cbcIvLength)), cipher.final()]);
  }
  if (input.length < gcmIvLength + tagLength) throw new Undecryptable('The input is too short');
  const end = input.length - tagLength;
  const cipher = createDecipheriv(gcmOf(bits), key, input.subarray(0, gcmIvLength));
  cipher.setAuthTag(input.subarray(end));
  if (aad.length > 0) cipher.setAAD(aad);
  return Buffer.concat([cipher.update(input.subarray(gcmIvLength, end)), cipher.final()]);
}
