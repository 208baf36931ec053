/** What a byte takes, and which bytes there are. The words are CPython's (Objects/bytearrayobject.c, bytesobject.c). */
import type { Argument, Machine, SubscriptSite } from '../flow/machine.ts';
import type { Place, Value } from '../flow/values.ts';
import { knownBigint, knownNumber } from '../flow/values.ts';
import { itemsOf, typeName } from './arguments.ts';

/** Whether the value fits into a byte; what is wrong is reported. */
export function checkByte(
  machine: Machine,
  { value, expression }: Argument,
  plural = false,
): boolean {
  const known = knownBigint(value);
  if (known !== undefined && (known < 0n || known > 255n)) {
    report(machine, expression, `byte${plural ? 's' : ''} must be in range(0, 256)`, 'ValueError');
    return false;
  }
  const object = machine.objectOf(value)?.kind ?? '';
  const isOther =
    /^(none|float|complex|str|bytes|tuple)$/.test(value.kind) ||
    /^(list|dict|set|bytearray|array|memoryview)$/.test(object);
  if (!isOther) return true;
  const type = typeName(machine, value) ?? 'object';
  report(machine, expression, `'${type}' object cannot be interpreted as an integer`, 'TypeError');
  return false;
}

/** The same for each of a list or tuple of numbers. */
export function checkBytes(
  machine: Machine,
  { value, expression }: Argument,
  plural = false,
): boolean {
  const parts =
    expression.kind === 'list' || expression.kind === 'tuple' ? expression.items : undefined;
  return (itemsOf(machine, value) ?? []).every((item, index) =>
    checkByte(machine, { value: item, expression: parts?.[index] ?? expression }, plural),
  );
}

/** Whether there is such a byte; what is wrong is reported. */
export function checkByteIndex(
  machine: Machine,
  site: SubscriptSite,
  length: number | undefined,
  type: 'bytes' | 'bytearray',
): boolean {
  const [item] = site.indices;
  const index = item?.kind === 'index' ? knownNumber(item.value) : undefined;
  if (site.indices.length !== 1 || index === undefined || length === undefined) return true;
  if (-length <= index && index < length) return true;
  const has = `it has ${length} ${length === 1 ? 'byte' : 'bytes'}`;
  const words = type === 'bytes' ? 'index out of range' : 'bytearray index out of range';
  report(machine, site.subscript, `${words}: ${has}`, 'IndexError');
  return false;
}

/** `data[0] = 1` where `data` is bytes. */
export function reportImmutable(
  machine: Machine,
  site: SubscriptSite,
  doing: 'assignment' | 'deletion',
): void {
  machine.report({
    rule: 'buffer-readonly',
    at: site.subscript,
    message: `'bytes' object ${doing === 'deletion' ? "doesn't" : 'does not'} support item ${doing}: a bytearray does`,
    exception: 'TypeError',
  });
}

/** An extended slice takes just as many as it has. */
export function checkExtended(machine: Machine, at: Place, given: number, wanted: number): boolean {
  if (given === wanted || given === 0) return true;
  report(
    machine,
    at,
    `attempt to assign bytes of size ${given} to extended slice of size ${wanted}`,
    'ValueError',
  );
  return false;
}

/** Values that no slice of a bytearray takes. */
export function isNoRun(value: Value): boolean {
  return /^(int|str|float|bool|none)$/.test(value.kind);
}

function report(machine: Machine, at: Place, message: string, exception: string): void {
  machine.report({ rule: 'array-value', at, message, exception });
}
