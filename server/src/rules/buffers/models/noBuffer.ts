/** What to do about an object that has no buffer. */
import { readStatements } from '../../../python/readStatements.ts';
import type { ClassStatement } from '../../../python/syntax.ts';
import type { Fix } from '../../finding.ts';
import type { Argument, Machine } from '../flow/machine.ts';
import type { Value } from '../flow/values.ts';
import { unknown } from '../flow/values.ts';

export function noBufferAdvice(machine: Machine, value: Value): string {
  if (value.kind === 'str') return ': encode it first';
  switch (machine.objectOf(value)?.kind) {
    case 'series':
    case 'dataframe':
      return ': use .to_numpy()';
    case 'image':
      return ': use np.asarray(image), or image.tobytes()';
    case 'bytesio':
      return ': use .getbuffer()';
    case 'list':
      return ': use bytes(…) or array.array(…)';
    default:
      return '';
  }
}

/** The same as repairs of `memoryview(x)`, where a few characters do it. */
export function noBufferFixes(machine: Machine, { value, expression }: Argument): readonly Fix[] {
  const { from: start, to: end } = expression;
  const text = machine.textOf(expression);
  const behind = (method: string): readonly Fix[] =>
    /^[\w.]+(\(.*\)|\[.*\])?$|^(['"]).*\2$/.test(text)
      ? [{ title: `Look at ${method}`, edits: [{ start: end, end, text: method }] }]
      : [];
  if (value.kind === 'str') return behind('.encode()');
  switch (machine.objectOf(value)?.kind) {
    case 'series':
    case 'dataframe':
      return behind('.to_numpy()');
    case 'image':
      return behind('.tobytes()');
    case 'bytesio':
      return behind('.getbuffer()');
    case 'list':
      return [
        {
          title: 'Make bytes of it: bytes(…)',
          edits: [
            { start, end: start, text: 'bytes(' },
            { start: end, end, text: ')' },
          ],
        },
      ];
    default:
      return [];
  }
}

/** The method that Python 3.12 and later ask for a buffer, PEP 688. */
export function hasBufferMethod(machine: Machine, statement: ClassStatement): boolean {
  return (
    statement.body !== undefined &&
    readStatements(machine.module.source.text, statement.body).some(
      (each) =>
        (each.kind === 'function' && each.name === '__buffer__') ||
        (each.kind === 'assign' &&
          each.targets.some((target) => target.kind === 'name' && target.name === '__buffer__')),
    )
  );
}

/** `memoryview(x)` of an instance of a class of this module. */
export function reportInstance(
  machine: Machine,
  statement: ClassStatement,
  argument: Argument,
): Value {
  // What a base class or a decorator brings is not known here.
  if (statement.bases.length > 0 || statement.decorators.length > 0) return unknown;
  const version = machine.context.pythonVersion;
  const has = hasBufferMethod(machine, statement);
  const isTooOld =
    version !== undefined && (version[0] < 3 || (version[0] === 3 && version[1] < 12));
  if (has && !isTooOld) return unknown;
  machine.report({
    rule: has ? 'buffer-protocol' : 'no-buffer',
    at: argument.expression,
    message: has
      ? `memoryview: a bytes-like object is required, not '${statement.name}': __buffer__ is asked for from Python 3.12 on (PEP 688), the target is ${version?.join('.') ?? ''}`
      : `memoryview: a bytes-like object is required, not '${statement.name}': the class has no __buffer__ method (Python 3.12, PEP 688)`,
    exception: 'TypeError',
    related: [
      {
        start: statement.nameFrom,
        end: statement.nameFrom + statement.name.length,
        message: 'The class is defined here.',
      },
    ],
  });
  return unknown;
}
