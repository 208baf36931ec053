/** docs/course.md has a line for each slide of the course (test-fixtures/course/slides.txt), and its links lead somewhere. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ideas } from '../../src/course/ideas.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const slides = read('test-fixtures/course/slides.txt').trimEnd().split('\n');
const page = read('docs/course.md');
const course = new URL('../shared/course.txt', root);

test('each slide has its line, in order', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| '));
  const [, , ...titles] = rows.map((row) => row.split(' | ', 1)[0]?.slice(2).trim());
  expect(titles).toEqual(slides);
});

test.runIf(existsSync(course))('the slides are those of the course, in order', () => {
  const lines = readFileSync(course, 'utf8')
    .split('\n')
    .map((line) => line.trim());
  let from = 0;
  for (const title of slides) {
    const at = lines.indexOf(title, from);
    expect(at, title).toBeGreaterThanOrEqual(0);
    from = at + 1;
  }
});

const linked = [page, ...Object.keys(ideas).map((id) => read(`docs/ideas/${id}.md`))]
  .flatMap((text, i) =>
    [...text.matchAll(/\]\(([^):]+)\)/g)].map(
      ([, to]) => `${i === 0 ? 'docs' : 'docs/ideas'}/${to}`,
    ),
  )
  .sort();

test.each([...new Set(linked)])('%s is there', (path) => {
  expect(existsSync(fileURLToPath(new URL(path, root)))).toBe(true);
});

test('each step of the walkthrough shows a page of its own', () => {
  const manifest = JSON.parse(read('package.json')) as {
    contributes: { walkthroughs: [{ steps: { id: string; media: { markdown: string } }[] }] };
  };
  const [{ steps }] = manifest.contributes.walkthroughs;
  expect(steps.map(({ media }) => existsSync(new URL(media.markdown, root)))).toEqual(
    steps.map(() => true),
  );
});

test('each step of the walkthrough marks itself done by what it does', () => {
  const manifest = JSON.parse(read('package.json')) as {
    contributes: {
      walkthroughs: [{ steps: { id: string; description: string; completionEvents: string[] }[] }];
    };
  };
  const acts = read('client/src/course/tryExample.ts');
  const writing = read('client/src/course/createCourseWorkspace.ts');
  for (const { id, description, completionEvents } of manifest.contributes.walkthroughs[0].steps) {
    const [command = '', args = ''] =
      /\(command:([\w.]+)(?:\?([^)]*))?\)/.exec(description)?.slice(1) ?? [];
    expect(completionEvents).toEqual([`onContext:strata.tried.${id}`]);
    if (command === 'strata.tryExample') {
      expect(JSON.parse(decodeURIComponent(args))).toEqual([id]);
      expect(acts).toContain(`  ${id}: {`);
    } else {
      // Not by the command alone, whose question for a folder may be left unanswered.
      expect(command).toBe('strata.createCourseWorkspace');
      expect(writing).toContain(`'strata.tried.${id}'`);
    }
  }
});
