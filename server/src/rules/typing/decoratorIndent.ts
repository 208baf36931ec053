/**
 * A decorator that stands at another column than what it decorates. Python refuses the file, and a checker reports
 * three errors of syntax around it, none of which says that the decorator is at the wrong place.
 */
import type { PythonModule } from '../../python/module.ts';
import type { Finding, Rule } from '../finding.ts';

export const decoratorIndent: Rule = {
  ids: ['decorator-indent'],
  check: (module) => misplacedDecorators(module).map(findingOf),
};

interface MisplacedDecorator {
  /** Half-open offsets of the line's text without its indentation. */
  readonly start: number;
  readonly end: number;
  /** The indentation it has, and the one it wants. */
  readonly indentation: string;
  readonly wanted: string;
  /** `method "validate_token"`. */
  readonly decorated: string;
}

interface Line {
  readonly start: number;
  readonly indentation: string;
  readonly text: string;
}

function misplacedDecorators(module: PythonModule): readonly MisplacedDecorator[] {
  const { text } = module.source;
  const found: MisplacedDecorator[] = [];
  for (const { index } of text.matchAll(/^[ \t]*@/gm)) {
    const line = lineAt(text, index);
    if (!isDecorator(line) || !isCode(module, line)) continue;
    const target = decoratedLine(module, line);
    const match = /^(?:async\s+)?(def|class)\s+(\w+)/.exec(target?.text ?? '');
    if (!target || !match || target.indentation === line.indentation) continue;
    const kind = match[1] === 'class' ? 'class' : target.indentation === '' ? 'function' : 'method';
    found.push({
      start: line.start + line.indentation.length,
      end: line.start + line.indentation.length + line.text.trimEnd().length,
      indentation: line.indentation,
      wanted: target.indentation,
      decorated: `${kind} "${match[2] ?? ''}"`,
    });
  }
  return found;
}

function findingOf(each: MisplacedDecorator): Finding {
  const columns = width(each.wanted) - width(each.indentation);
  const how = columns > 0 ? `Indent it by ${columns}` : `Move it ${-columns} to the left`;
  return {
    rule: 'decorator-indent',
    severity: 'error',
    start: each.start,
    end: each.end,
    message: `This decorator stands at another column than the ${each.decorated} that it decorates. ${how} space${Math.abs(columns) === 1 ? '' : 's'}.`,
    fixes: [
      {
        title: `Move the decorator to the ${each.decorated}`,
        edits: [
          { start: each.start - each.indentation.length, end: each.start, text: each.wanted },
        ],
      },
    ],
  };
}

function lineAt(text: string, start: number): Line {
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end < 0 ? text.length : end);
  const indentation = /^[ \t]*/.exec(line)?.[0] ?? '';
  return { start, indentation, text: line.slice(indentation.length) };
}

/** The next line of code that is no decorator itself. */
function decoratedLine(module: PythonModule, decorator: Line): Line | undefined {
  const { text } = module.source;
  for (let end = text.indexOf('\n', decorator.start); end >= 0; end = text.indexOf('\n', end + 1)) {
    const line = lineAt(text, end + 1);
    if (isCode(module, line) && !isDecorator(line)) return line;
  }
  return undefined;
}

/** Whether a line begins with code: it is neither blank, nor a comment, nor inside a string or brackets. */
function isCode({ source: { tree } }: PythonModule, { start, indentation, text }: Line): boolean {
  if (text.trim() === '' || text.startsWith('#')) return false;
  const at = start + indentation.length;
  let node = tree.resolveInner(at, 1);
  while (node.from === at && node.parent && !isEnclosing(node.name)) node = node.parent;
  return !isInside(node, at);
}

function isInside(node: { name: string; from: number; parent: unknown } | null, at: number) {
  for (
    let each = node;
    each;
    each = each.parent as { name: string; from: number; parent: unknown } | null
  )
    if (isEnclosing(each.name) && each.from < at) return true;
  return false;
}

function isEnclosing(name: string): boolean {
  return /String$|^(ArgList|ParamList|ArrayExpression|TupleExpression|DictionaryExpression|SetExpression|ParenthesizedExpression)$/.test(
    name,
  );
}

function isDecorator({ text }: Line): boolean {
  return /^@\s*[A-Za-z_][\w.]*\s*(?:\(.*\))?\s*(?:#.*)?$/.test(text.trimEnd());
}

/** A tab reaches to the next multiple of eight, as Python counts. */
function width(indentation: string): number {
  let columns = 0;
  for (const character of indentation)
    columns = character === '\t' ? (Math.floor(columns / 8) + 1) * 8 : columns + 1;
  return columns;
}
