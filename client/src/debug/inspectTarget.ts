/** What the user points at when inspecting a buffer: told by menus of VS Code and of Jupyter, each in its own way. */

export interface InspectTarget {
  /** What the debugger can evaluate. */
  readonly expression: string;
  /** As it is called on screen. */
  readonly name: string;
  readonly typeName: string;
  readonly value: string;
  readonly memoryReference: string | undefined;
  readonly sessionId: string | undefined;
}

/** From the argument of a menu's command; undefined where it names nothing. */
export function targetOf(argument: unknown): InspectTarget | undefined {
  if (!isRecord(argument)) return undefined;
  const variable = isRecord(argument.variable) ? argument.variable : argument;
  const name = text(variable.name) ?? text(variable.expression);
  const expression = text(variable.evaluateName) ?? name;
  if (name === undefined || expression === undefined) return undefined;
  return {
    expression: expression.trim(),
    name,
    typeName: text(variable.type) ?? '',
    value: text(variable.value) ?? '',
    memoryReference: text(variable.memoryReference),
    sessionId: text(argument.sessionId),
  };
}

/** An expression that was typed or selected. */
export function typedTarget(expression: string): InspectTarget {
  const name = expression.trim();
  return {
    expression: name,
    name,
    typeName: '',
    value: '',
    memoryReference: undefined,
    sessionId: undefined,
  };
}

/** A number of bytes as people type it: `4096`, `0x1000`, `64 KiB`. */
export function byteCountOf(typed: string): number | undefined {
  const [, digits = '', unit = ''] =
    /^\s*(0x[0-9a-f]+|\d[\d,_]*)\s*(|b|bytes|ki?b?|mi?b?)\s*$/i.exec(typed) ?? [];
  const count = Number(digits.replace(/[,_]/g, ''));
  const factor = /^k/i.test(unit) ? 1024 : /^m/i.test(unit) ? 1024 * 1024 : 1;
  return digits !== '' && Number.isSafeInteger(count * factor) && count > 0
    ? count * factor
    : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
