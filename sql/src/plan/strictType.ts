/** `simpleString` with a mark behind what can't be null inside of a type: `array<string!>`. */
import type { DataType } from './types.ts';
import { simpleString } from './types.ts';

export function strictString(type: DataType): string {
  switch (type.kind) {
    case 'array':
      return `array<${strictString(type.element)}${type.containsNull ? '' : '!'}>`;
    case 'map': {
      const mark = type.valueContainsNull ? '' : '!';
      return `map<${strictString(type.key)},${strictString(type.value)}${mark}>`;
    }
    case 'struct':
      return `struct<${type.fields
        .map(
          ({ name, type: inner, nullable }) =>
            `${name}:${strictString(inner)}${nullable ? '' : '!'}`,
        )
        .join(',')}>`;
    default:
      return simpleString(type);
  }
}
