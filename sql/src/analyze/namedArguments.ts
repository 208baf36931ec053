/** `name => value`: puts arguments where their parameters are. */
import type { FunctionRow } from '../functions/row.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';

/** The arguments by position; what was left out before another is what the parameter is without it. */
export function positionalArguments(
  call: unresolved.UnresolvedFunction,
  row: FunctionRow | undefined,
): readonly unresolved.Expression[] {
  const first = call.arguments.findIndex(({ kind }) => kind === 'namedArgument');
  if (first < 0) return call.arguments;
  const { range } = call;
  const routineName = quoteName([call.functionName.toLowerCase()]);
  // What is no function here is said to be none, whatever its arguments are called.
  if (row === undefined) return call.arguments;
  const { parameters } = row;
  if (parameters === undefined) {
    return raise('NAMED_PARAMETERS_NOT_SUPPORTED', { functionName: routineName }, range);
  }
  const quoted = (name: string) => quoteName([name]);
  const given = new Map<number, unresolved.Expression>();
  for (const [index, argument] of call.arguments.entries()) {
    if (argument.kind !== 'namedArgument') {
      if (index > first) {
        const before = call.arguments[index - 1];
        const parameterName = quoted(before?.kind === 'namedArgument' ? before.name : '');
        raise('UNEXPECTED_POSITIONAL_ARGUMENT', { routineName, parameterName }, range);
      }
      given.set(index, argument);
      continue;
    }
    const place = parameters.findIndex(
      ({ name }) => name.toLowerCase() === argument.name.toLowerCase(),
    );
    if (place < 0) {
      const proposal = parameters.map(({ name }) => quoted(name)).join(' ');
      raise(
        'UNRECOGNIZED_PARAMETER_NAME',
        { routineName, argumentName: quoted(argument.name), proposal },
        range,
      );
    }
    if (given.has(place)) {
      raise(
        place < first
          ? 'DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED'
          : 'DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE',
        { routineName, parameterName: quoted(parameters[place]?.name ?? '') },
        range,
      );
    }
    given.set(place, argument.value);
  }
  return parameters.slice(0, Math.max(...given.keys()) + 1).map((parameter, index) => {
    const value = given.get(index) ?? parameter.default;
    if (value !== undefined) return value;
    return raise(
      'REQUIRED_PARAMETER_NOT_FOUND',
      { routineName, parameterName: quoted(parameter.name), index: String(index) },
      range,
    );
  });
}
