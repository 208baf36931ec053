/** `buffer-protocol` and `order-tie` in the definitions of classes: what Python makes of methods and fields. */
import { readStatements } from '../../python/readStatements.ts';
import type { PythonModule } from '../../python/module.ts';
import type { ClassStatement, FunctionStatement, Statement } from '../../python/syntax.ts';
import type { Finding, Fix, Rule, RuleContext } from '../finding.ts';
import { orderedFields } from './orderedFields.ts';

export const protocolRule: Rule = {
  ids: ['buffer-protocol', 'order-tie'],
  check(module, context) {
    const { text, tree } = module.source;
    if (!/__(get|release_?)?buffer__|\border\s*=\s*True\b/.test(text)) return [];
    const findings: Finding[] = [];
    visit(readStatements(text, tree.topNode), undefined);
    return findings;

    function visit(statements: readonly Statement[], owner: ClassStatement | undefined): void {
      for (const statement of statements) {
        if (statement.kind === 'function') {
          findings.push(...checkMethod(module, context, statement, owner));
          // Classes inside of functions count too; functions inside are no methods.
          if (statement.body && /\bclass\b/.test(text.slice(statement.from, statement.to)))
            visit(
              readStatements(text, statement.body).filter((each) => each.kind === 'class'),
              undefined,
            );
        }
        if (statement.kind === 'class' && statement.body) {
          findings.push(...orderedFields(module, statement));
          visit(readStatements(text, statement.body), statement);
        }
      }
    }
  },
};

function checkMethod(
  module: PythonModule,
  context: RuleContext,
  method: FunctionStatement,
  owner: ClassStatement | undefined,
): readonly Finding[] {
  const place = { start: method.nameFrom, end: method.nameFrom + method.name.length };
  const finding = (
    severity: Finding['severity'],
    message: string,
    fixes: readonly Fix[] = [],
  ): readonly Finding[] => [{ rule: 'buffer-protocol', severity, message, fixes, ...place }];
  if (/^__(getbuffer|releasebuffer)__$/.test(method.name))
    return finding(
      'warning',
      `Python never calls ${method.name}: it is a method of C's and Cython's types. A class gives a buffer with __buffer__(self, flags), from Python 3.12 on (PEP 688)`,
    );
  if (method.name !== '__buffer__' && method.name !== '__release_buffer__') return [];
  if (!owner)
    return finding(
      'warning',
      `${method.name} stands outside of a class, where nothing calls it: indent it into its class`,
    );
  const parameters = method.parameters.filter(({ kind }) => kind === 'positional');
  const isOpen = method.parameters.some(({ kind }) => kind === '*');
  const required = parameters.filter((parameter) => !parameter.default).length;
  const isStatic = method.decorators.length > 0;
  if (!isStatic && !isOpen && (parameters.length < 2 || required > 2))
    return finding(
      'warning',
      `${method.name} is called with ${method.name === '__buffer__' ? 'self and flags' : 'self and the buffer'}, and takes ${parameters.length} ${parameters.length === 1 ? 'argument' : 'arguments'}`,
      parameters.length === 1 ? argumentFixes(module, method) : [],
    );
  const version = context.pythonVersion;
  if (version?.[0] === 3 && version[1] < 12)
    return finding(
      'warning',
      `${method.name} is asked for from Python 3.12 on (PEP 688); for Python ${version.join('.')} memoryview() and NumPy refuse the object`,
    );
  return method.name === '__buffer__' ? checkShape(module, method, owner, finding) : [];
}

/** `def __buffer__(self)` gets the argument that it is called with. */
function argumentFixes(module: PythonModule, method: FunctionStatement): readonly Fix[] {
  const head = module.source.text.slice(method.nameFrom);
  const only = /^\w+\s*\(\s*\w+/.exec(head)?.[0];
  if (only === undefined) return [];
  const [name, type] = method.name === '__buffer__' ? ['flags', 'int'] : ['view', 'memoryview'];
  const at = method.nameFrom + only.length;
  return [
    {
      title: `Take '${name}' too`,
      edits: [{ start: at, end: at, text: `, ${name}: ${type}` }],
    },
  ];
}

/** A class that keeps a format, and hands out its bytes as they are. */
function checkShape(
  module: PythonModule,
  method: FunctionStatement,
  owner: ClassStatement,
  finding: (severity: Finding['severity'], message: string) => readonly Finding[],
): readonly Finding[] {
  const { text } = module.source;
  const body = text.slice(owner.from, owner.to);
  const format = /\bself\.(format|fmt|typecode|dtype)\s*=/.exec(body)?.[1];
  if (format === undefined || !method.body) return [];
  const [only, ...rest] = readStatements(text, method.body).filter(
    (each) => !(each.kind === 'expression' && each.value.kind === 'string'),
  );
  const value = only?.kind === 'return' ? only.values[0] : undefined;
  if (rest.length > 0 || value?.kind !== 'call' || value.callee.kind !== 'name') return [];
  const [argument] = value.arguments;
  const attribute =
    value.callee.name === 'memoryview' && argument?.value.kind === 'attribute'
      ? argument.value.name
      : undefined;
  // Memory that was made of raw bytes has the format B.
  const isRaw =
    attribute !== undefined &&
    new RegExp(`\\bself\\.${attribute}\\s*=\\s*(bytearray|bytes)\\(`).test(body);
  return isRaw
    ? finding(
        'information',
        `__buffer__ gives raw bytes of format 'B', one axis, though the class keeps self.${format}: cast the view, as in memoryview(self.${attribute}).cast(self.${format}, shape)`,
      )
    : [];
}
