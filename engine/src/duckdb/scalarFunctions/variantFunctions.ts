/** Functions of variants. */
import type { DataType } from '#sql/plan/types.ts';
import { typeSql } from '#sql/plan/types.ts';
import { rescale } from '#sql/value/decimal.ts';
import { parseJsonPath } from './jsonPath.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';
import type { Read } from './typedReader.ts';
import { misfit, textReader } from './typedReader.ts';
import type { Shape, Variant } from './variant.ts';
import {
  decoded,
  DuplicateKey,
  encoded,
  jsonOf,
  merged,
  scalarText,
  shapeOf,
  shapeText,
  variantOf,
  variantOfJson,
} from './variant.ts';

const parsing = (name: string, isTolerant: boolean): ScalarFunction => ({
  name,
  prepare(site) {
    return (text: string) => {
      try {
        const variant = variantOfJson(text);
        if (variant !== undefined) return encoded(variant);
        if (isTolerant) return null;
        return site.raise('MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION', text, 'FAILFAST');
      } catch (error) {
        if (!(error instanceof DuplicateKey)) throw error;
        return isTolerant ? null : site.raise('VARIANT_DUPLICATE_KEY', error.message);
      }
    };
  },
});

export const parseJsonFunction = parsing('parse_json', false);
export const tryParseJson = parsing('try_parse_json', true);

export const isVariantNull: ScalarFunction = {
  name: 'is_variant_null',
  nulls: 'passed',
  prepare: () => (text: string | null) => text === 'null',
};

export const schemaOfVariant: ScalarFunction = {
  name: 'schema_of_variant',
  prepare: () => (text: string) => shapeText(shapeOf(decoded(text))),
};

/** Of all variants in an array. */
export const schemaOfVariants: ScalarFunction = {
  name: 'schema_of_variants',
  prepare: () => (texts: readonly (string | null)[]) => {
    const nothing = shapeOf({ kind: 'null' });
    const shape = texts.reduce<Shape>(
      (all, text) => (text === null ? all : merged(all, shapeOf(decoded(text)))),
      nothing,
    );
    return shapeText(shape);
  },
};

export const toVariant: ScalarFunction = {
  name: 'to_variant_object',
  prepare(site) {
    const [type] = site.parameterTypes;
    if (type === undefined) throw new Error('a value becomes a variant');
    return (value: Value) => {
      try {
        return encoded(variantOf(value, type));
      } catch (error) {
        if (!(error instanceof DuplicateKey)) throw error;
        return site.raise('VARIANT_DUPLICATE_KEY', error.message);
      }
    };
  },
};

/** The elements of an array, or the fields of an object, with their places. */
export const variantEntries: ScalarFunction = {
  name: 'variant_entries',
  prepare: () => (text: string) => {
    const variant = decoded(text);
    if (variant.kind === 'array') {
      return variant.items.map((item, index): Value => [index, null, encoded(item)]);
    }
    if (variant.kind !== 'object') return null;
    return variant.fields.map(([name, value], index): Value => [index, name, encoded(value)]);
  },
};

const getting = (name: string, isTolerant: boolean): ScalarFunction => ({
  name,
  prepare(site) {
    const paths = new Map<string, ReturnType<typeof parseJsonPath>>();
    const convert = converter(site.type, site);
    return (text: string, pathText: string) => {
      if (!paths.has(pathText)) paths.set(pathText, parseJsonPath(pathText));
      const path = paths.get(pathText);
      const isPlain = path?.every(({ kind }) => kind === 'name' || kind === 'index');
      if (path === undefined || isPlain !== true) {
        return site.raise('INVALID_VARIANT_GET_PATH', pathText, `\`${name}\``);
      }
      let variant: Variant | undefined = decoded(text);
      for (const step of path) {
        if (step.kind === 'name' && variant?.kind === 'object') {
          variant = variant.fields.find(([field]) => field === step.name)?.[1];
        } else if (step.kind === 'index' && variant?.kind === 'array') {
          variant = variant.items[step.index];
        } else return null;
      }
      return variant === undefined ? null : cast(variant, convert, site, isTolerant);
    };
  },
});

export const variantGet = getting('variant_get', false);
export const tryVariantGet = getting('try_variant_get', true);

/** A cast of a whole variant. */
export const variantCast: ScalarFunction = {
  name: 'variant_cast',
  prepare(site) {
    const convert = converter(site.type, site);
    return (text: string) => cast(decoded(text), convert, site, site.mode !== 'ansi');
  },
};

function cast(
  variant: Variant,
  convert: (variant: Variant) => Read,
  site: Site,
  isTolerant: boolean,
): Value {
  const value = convert(variant);
  if (value !== misfit) return value;
  if (isTolerant) return null;
  return site.raise(
    'INVALID_VARIANT_CAST',
    jsonOf(variant, site.timeZone),
    `"${typeSql(site.type)}"`,
  );
}

function converter(type: DataType, site: Site): (variant: Variant) => Read {
  const present = presentConverter(type, site);
  return (variant) => {
    if (type.kind === 'variant') return encoded(variant);
    return variant.kind === 'null' ? null : present(variant);
  };
}

const isContainer = (variant: Variant) => variant.kind === 'array' || variant.kind === 'object';

function presentConverter(type: DataType, site: Site): (variant: Variant) => Read {
  switch (type.kind) {
    case 'string':
      return (variant) =>
        isContainer(variant) ? jsonOf(variant, site.timeZone) : scalarText(variant, site.timeZone);
    case 'array': {
      const item = converter(type.element, site);
      return (variant) => {
        if (variant.kind !== 'array') return misfit;
        const items = variant.items.map(item);
        return items.includes(misfit) ? misfit : (items as Value[]);
      };
    }
    case 'map': {
      const item = converter(type.value, site);
      return (variant) => {
        if (variant.kind !== 'object' || type.key.kind !== 'string') return misfit;
        const pairs = variant.fields.map(([name, value]) => [name, item(value)] as const);
        return pairs.some(([, value]) => value === misfit) ? misfit : (pairs as [string, Value][]);
      };
    }
    case 'struct': {
      const fields = type.fields.map((field) => ({
        name: field.name,
        read: converter(field.type, site),
      }));
      return (variant) => {
        if (variant.kind !== 'object') return misfit;
        const row = fields.map(({ name, read }) => {
          const value = variant.fields.find(([field]) => field === name)?.[1];
          return value === undefined ? null : read(value);
        });
        return row.includes(misfit) ? misfit : (row as Value[]);
      };
    }
    case 'boolean':
      return (variant) => {
        if (variant.kind === 'boolean') return variant.value;
        if (variant.kind === 'long') return variant.value !== 0n;
        if (variant.kind === 'decimal') return variant.unscaled !== 0n;
        if (variant.kind === 'double' || variant.kind === 'float') return variant.value !== 0;
        if (variant.kind !== 'string') return misfit;
        const text = variant.value.trim().toLowerCase();
        if (['t', 'true', 'y', 'yes', '1'].includes(text)) return true;
        return ['f', 'false', 'n', 'no', '0'].includes(text) ? false : misfit;
      };
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
    case 'decimal':
    case 'float':
    case 'double':
      return numberConverter(type, site);
    case 'date':
      return (variant) => {
        if (variant.kind === 'date') return variant.days;
        return variant.kind === 'string' ? fromText(type, site, variant.value) : misfit;
      };
    case 'timestamp':
    case 'timestamp_ntz':
      return (variant) => {
        if (variant.kind === type.kind) return (variant as { readonly micros: bigint }).micros;
        return variant.kind === 'string' ? fromText(type, site, variant.value) : misfit;
      };
    case 'binary':
      return (variant) => {
        if (variant.kind === 'binary') return variant.bytes;
        return variant.kind === 'string' ? Buffer.from(variant.value, 'utf8') : misfit;
      };
    default:
      return () => misfit;
  }
}

function fromText(type: DataType, site: Site, text: string): Read {
  return textReader(type, { site, options: {} })(text.trim());
}

function numberConverter(type: DataType, site: Site): (variant: Variant) => Read {
  return (variant) => {
    switch (variant.kind) {
      case 'string':
        return fromText(type, site, variant.value);
      case 'boolean':
        return fromText(type, site, variant.value ? '1' : '0');
      case 'long':
        return fromText(type, site, String(variant.value));
      case 'decimal': {
        if (type.kind === 'decimal')
          return rescale(variant.unscaled, variant.scale, type) ?? misfit;
        const isWhole = ['byte', 'short', 'int', 'long'].includes(type.kind);
        const whole = variant.unscaled / 10n ** BigInt(variant.scale);
        return fromText(type, site, isWhole ? String(whole) : scalarText(variant, site.timeZone));
      }
      case 'double':
      case 'float': {
        if (type.kind === 'double' || type.kind === 'float') {
          return type.kind === 'float' ? Math.fround(variant.value) : variant.value;
        }
        if (!Number.isFinite(variant.value)) return misfit;
        if (type.kind === 'decimal') return fromText(type, site, String(variant.value));
        return fromText(type, site, String(BigInt(Math.trunc(variant.value))));
      }
      default:
        return misfit;
    }
  };
}
