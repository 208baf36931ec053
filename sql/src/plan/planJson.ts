/** Statements as JSON text and back, for wires that carry nothing else: whole numbers, bytes and NaN keep what they are. */
import type { Statement } from './statements.ts';

export function statementToJson(statement: Statement): string {
  return JSON.stringify(statement, (_, value: unknown) => {
    if (typeof value === 'bigint') return { $int: String(value) };
    if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
    if (Object.is(value, -0)) return { $number: '-0' };
    if (value instanceof Uint8Array) return { $bytes: Array.from(value) };
    return value;
  });
}

/** Of a text that {@link statementToJson} wrote: the other side of a wire is trusted to be ours. */
export function statementFromJson(text: string): Statement {
  return JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$int' in value) return BigInt(value.$int as string);
    if ('$number' in value) return Number(value.$number);
    if ('$bytes' in value) return Uint8Array.from(value.$bytes as number[]);
    return value;
  }) as Statement;
}
