/** Code that expects an error: `try … except`, `with pytest.raises(…)`. What is expected there is no finding. */
import type { Expression } from '../../../python/syntax.ts';

/** Catches whatever comes. */
export const EVERYTHING: readonly string[] = ['*'];

/** The names of the exceptions of an `except` clause; everything where they can't be told. */
export function caughtNames(type: Expression | undefined): readonly string[] {
  if (!type) return EVERYTHING;
  const types = type.kind === 'tuple' ? type.items : [type];
  return types.flatMap((each) => {
    if (each.kind === 'name') return [each.name];
    if (each.kind === 'attribute' && each.object.kind === 'name')
      return [`${each.object.name}.${each.name}`];
    return EVERYTHING;
  });
}

/** Exceptions that no buffer operation raises: catching them says nothing of ours. */
const others =
  /^(KeyError|OSError|IOError|EnvironmentError|ImportError|ModuleNotFoundError|FileNotFoundError|PermissionError|FileExistsError|StopIteration|StopAsyncIteration|NameError|UnicodeError|UnicodeDecodeError|UnicodeEncodeError|KeyboardInterrupt|SystemExit|ZeroDivisionError|ConnectionError|TimeoutError|EOFError|RecursionError|AssertionError|MemoryError|SyntaxError|(socket|asyncio|json|zlib|subprocess|queue)\.\w+)$/;

const parents: Readonly<Record<string, readonly string[]>> = {
  NotImplementedError: ['RuntimeError'],
  OverflowError: ['ArithmeticError'],
  IndexError: ['LookupError'],
  UFuncTypeError: ['TypeError'],
  AxisError: ['ValueError', 'IndexError', 'LookupError'],
  AttributeError: [],
};

/** What is raised in ordinary code and caught by `except ValueError` and the like. */
const ours =
  /^(TypeError|ValueError|IndexError|BufferError|OverflowError|NotImplementedError|AttributeError|RuntimeError|ArithmeticError|LookupError)$/;

export function catches(names: readonly string[], exception: string | undefined): boolean {
  if (exception === undefined) return names === EVERYTHING;
  const raised = [exception, ...(parents[exception] ?? [])];
  return names.some((name) => {
    if (name === '*' || name === 'Exception' || name === 'BaseException') return true;
    if (raised.includes(name)) return true;
    if (others.test(name) || ours.test(name)) return false;
    if (name === 'struct.error' || name === 'error') return exception === 'struct.error';
    // A class of the project's own may be a subclass of anything.
    return true;
  });
}
