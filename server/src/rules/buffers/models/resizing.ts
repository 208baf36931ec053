/** Memory that is looked at by a view keeps its size. */
import type { Fix } from '../../finding.ts';
import type { Machine } from '../flow/machine.ts';
import type { Place, Value } from '../flow/values.ts';

/** Reports a change of size while a name certainly holds a view of the memory. */
export function checkResize(machine: Machine, value: Value, at: Place): void {
  if (value.kind !== 'object') return;
  const object = machine.objectOf(value);
  const [view] = machine.viewsOf(value.id);
  if (!object || !view) return;
  const { madeAt } = view.state;
  const kind =
    view.state.kind === 'ndarray'
      ? 'an array'
      : `a ${view.state.kind === 'ctypes' ? 'ctypes object' : view.state.kind}`;
  machine.report({
    rule: 'buffer-resize',
    at,
    message:
      object.kind === 'array'
        ? `cannot resize an array that is exporting buffers: '${view.name}' is ${kind} on it`
        : `Existing exports of data: object cannot be re-sized: '${view.name}' is ${kind} on it`,
    exception: 'BufferError',
    ...(view.state.kind === 'memoryview' ? { fixes: releaseFixes(machine, view.name, at) } : {}),
    related: [{ start: madeAt.from, end: madeAt.to, message: `'${view.name}' is made here.` }],
  });
}

/** The view is given back on a line before, where a line of its own begins the change. */
function releaseFixes(machine: Machine, name: string, at: Place): readonly Fix[] {
  const { text } = machine.module.source;
  const start = text.lastIndexOf('\n', at.from - 1) + 1;
  const indent = /^[ \t]*(?=\w)/.exec(text.slice(start))?.[0];
  const before = text.slice(start, at.from).trim();
  if (indent === undefined || !/^(del)?$/.test(before)) return [];
  return [
    {
      title: `Release '${name}' first`,
      edits: [{ start, end: start, text: `${indent}${name}.release()\n` }],
    },
  ];
}
