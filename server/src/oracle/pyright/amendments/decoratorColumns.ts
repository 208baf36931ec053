/**
 * A file whose only fault is a decorator at another column than its function is read as it is meant.
 *
 * Python refuses such a file, and `decorator-indent` says so. Read as it stands, the class would end at the decorator,
 * and every use of the methods after it would be an error too. Lines keep their numbers; only the columns on the line
 * of the decorator move.
 */
import type { Extension } from '../amendment.ts';

interface Sink {
  getErrors(): readonly unknown[];
  fetchAndClear(): unknown;
}
interface Parser {
  parseSourceFile: (
    this: Parser,
    text: string,
    options: unknown,
    sink: Sink,
    ...rest: unknown[]
  ) => unknown;
}

export const decoratorColumns: Extension = {
  uses: ['Parser'],
  amendments: [],
  install(exported) {
    const ParserClass = exported('Parser') as (new () => Parser) & { prototype: Parser };
    const { prototype } = ParserClass;
    const parse = prototype.parseSourceFile;
    prototype.parseSourceFile = function (this: Parser, text, options, sink, ...rest) {
      const asItStands = parse.call(this, text, options, sink, ...rest);
      const errors = sink.getErrors().length;
      const moved = errors > 0 ? withDecoratorsMoved(text) : text;
      if (moved === text) return asItStands;
      sink.fetchAndClear();
      // A parser belongs to the one tree that it has made.
      const asItIsMeant = parse.call(new ParserClass(), moved, options, sink, ...rest);
      if (sink.getErrors().length < errors) return asItIsMeant;
      sink.fetchAndClear();
      return parse.call(new ParserClass(), text, options, sink, ...rest);
    };
    return {};
  },
};

/** Every decorator of one line at the column of the `def` or `class` below it. */
export function withDecoratorsMoved(text: string): string {
  if (!/^[ \t]*@/m.test(text)) return text;
  return text.replace(
    /^(?:[ \t]*@[A-Za-z_][^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*)+([ \t]*)(?=(?:async[ \t]+)?(?:def|class)[ \t])/gm,
    (block: string, wanted: string) => block.replace(/^[ \t]*(?=@)/gm, wanted),
  );
}
