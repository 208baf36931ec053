/** Fields of a dataclass with `order=True` that can't be compared, or need not be comparable. */
import type { PythonModule } from '../../python/module.ts';
import { readStatements } from '../../python/readStatements.ts';
import type { ClassStatement, Expression, Statement } from '../../python/syntax.ts';
import type { Finding } from '../finding.ts';

export function orderedFields(module: PythonModule, statement: ClassStatement): readonly Finding[] {
  const { text } = module.source;
  const isOrdered = statement.decorators.some(
    (decorator) =>
      decorator.kind === 'call' &&
      /^(dataclasses\.)?dataclass$/.test(text.slice(decorator.callee.from, decorator.callee.to)) &&
      decorator.arguments.some(
        ({ keyword, value }) =>
          keyword === 'order' && value.kind === 'constant' && value.value === 'True',
      ),
  );
  if (!isOrdered || !statement.body) return [];
  const body = readStatements(text, statement.body);
  // A class that compares itself is none of the dataclass's.
  if (body.some((each) => each.kind === 'function' && each.name === '__lt__')) return [];
  const fields = body.filter((each) => each.kind === 'assign' && each.annotation !== undefined);
  return fields.flatMap((field, index): readonly Finding[] => {
    if (field.kind !== 'assign' || !field.annotation) return [];
    if (field.value && /\bcompare\s*=\s*False\b/.test(text.slice(field.value.from, field.value.to)))
      return [];
    const why = unorderable(module, statement, field.annotation);
    const [target] = field.targets;
    if (why === undefined || !target) return [];
    const when =
      index === 0
        ? 'Comparing two objects compares'
        : 'Where all fields before it are equal, comparing two objects compares';
    return [
      {
        rule: 'order-tie',
        severity: 'warning',
        start: target.from,
        end: field.annotation.to,
        message: `${when} '${text.slice(target.from, target.to)}', and ${why}: take it out with field(compare=False)`,
        ...(field.value ? {} : { fixes: [compareFalse(module, field)] }),
      },
    ];
  });
}

function compareFalse(module: PythonModule, field: Statement) {
  const { text } = module.source;
  const isImported = /\bfrom\s+dataclasses\s+import\s+[^\n]*\bfield\b/.test(text);
  const spelled = isImported
    ? 'field'
    : /\bimport\s+dataclasses\b/.test(text)
      ? 'dataclasses.field'
      : undefined;
  const edit = { start: field.to, end: field.to, text: ` = ${spelled ?? 'field'}(compare=False)` };
  const from = /\bfrom\s+dataclasses\s+import\s+(?!\()/.exec(text);
  const imported =
    spelled === undefined && from
      ? [{ start: from.index + from[0].length, end: from.index + from[0].length, text: 'field, ' }]
      : [];
  return { title: 'Leave it out of comparisons: field(compare=False)', edits: [...imported, edit] };
}

/** Why values of the annotated type can't be compared, or need not be comparable. */
function unorderable(
  module: PythonModule,
  owner: ClassStatement,
  annotation: Expression,
): string | undefined {
  const { text } = module.source;
  const name =
    annotation.kind === 'name'
      ? annotation.name
      : annotation.kind === 'subscript' && annotation.object.kind === 'name'
        ? annotation.object.name
        : undefined;
  if (name === undefined) return undefined;
  if (/^(dict|Dict|Callable|object)$/.test(name))
    return `'<' is not supported between instances of '${name === 'Dict' ? 'dict' : name}'`;
  const own = new RegExp(`class\\s+${owner.name}\\s*\\[[^\\]]*\\b${name}\\b(?!\\s*:)`);
  if (annotation.kind === 'name' && own.test(text)) return `${name} may be of a type without '<'`;
  const found = module.scopes.bindingsOf(name, module.scopes.module);
  const [binding] = found?.bindings ?? [];
  if (found?.bindings.length !== 1 || !binding) return undefined;
  if (binding.kind === 'assign') {
    const value = module.textOf(binding.value);
    // A bound or constraints may promise the comparison.
    const isFree = /^(typing\.)?TypeVar\(\s*(['"])\w+\2\s*\)$/.test(value);
    return isFree && annotation.kind === 'name'
      ? `${name} may be of a type without '<'`
      : undefined;
  }
  return binding.kind === 'other' ? classWithout(module, name) : undefined;
}

function classWithout(module: PythonModule, name: string): string | undefined {
  const { text, tree } = module.source;
  const statement = readStatements(text, tree.topNode).find(
    (each) => each.kind === 'class' && each.name === name,
  );
  if (statement?.kind !== 'class' || statement.bases.length > 0 || !statement.body)
    return undefined;
  const isPlain = statement.decorators.every((decorator) =>
    /^(dataclasses\.)?dataclass(\((?!.*order)[^]*\))?$/.test(
      text.slice(decorator.from, decorator.to),
    ),
  );
  const compares = readStatements(text, statement.body).some(
    (each) => each.kind === 'function' && /^__(lt|gt)__$/.test(each.name),
  );
  return isPlain && !compares ? `'<' is not supported between instances of '${name}'` : undefined;
}
