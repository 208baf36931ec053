/** What IPython adds to Python is no code, and nothing moves. */
import { expect, it } from 'vitest';
import { pythonOfCell } from '../../src/python/notebookCell.ts';

it.each([
  ['a magic', '%matplotlib inline\nx = 1', '#matplotlib inline\nx = 1'],
  ['a command', 'if x:\n    !ls {x}\n    y()', 'if x:\n    #ls {x}\n    y()'],
  ['help', 'len?\nnp.array??\n?len', '#en?\n#p.array??\n#len'],
  ['what a command prints', 'files = !ls *.py', 'files = ...     '],
  ['what a magic gives', 'took = %timeit -o f()', 'took = ...           '],
  ['a cell that is timed', '%%time\nx = 1', '#%time\nx = 1'],
  ['a cell in another language', '%%bash\nls "\n  cd', '#%bash\n#s "\n# cd'],
  ['a percent sign inside a string', 's = """\n%d\n!x\n"""', 's = """\n%d\n!x\n"""'],
  ['a percent sign inside brackets', 'x = (a\n% b)', 'x = (a\n% b)'],
  ['a percent sign after a continuation', 'x = a \\\n% b', 'x = a \\\n% b'],
  ['a comparison', 'x = a != b\ny = a % b', 'x = a != b\ny = a % b'],
  ['a bracket in a comment or a string', 'x = 1 # (\n%who\n"("\n!ls', 'x = 1 # (\n#who\n"("\n#ls'],
  ['line ends', '%who\r\nx = 1\r\n', '#who\r\nx = 1\r\n'],
])('reads %s', (_, cell, python) => {
  expect(pythonOfCell(cell)).toBe(python);
  expect(python.length).toBe(cell.length);
});
