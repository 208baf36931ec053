import { expect, test } from 'vitest';
import { courseNotWritten, courseWritten } from '#client/course/courseText.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}.csv`);

test.each<[number, number, string]>([
  [33, 0, '33 files of the course were written to here. The'],
  [1, 0, '1 file of the course was written to here. The'],
  [
    32,
    1,
    '32 files of the course were written to here. f0.csv was there already and stays as it is.',
  ],
  [30, 3, 'here. 3 others, f0.csv among them, were there already and stay as they are.'],
  [0, 33, 'All 33 files of the course are in here already, and stay as they are.'],
])('%d written, %d kept', (written, kept, text) => {
  expect(courseWritten('here', names(written), names(kept))).toContain(text);
});

test.each([
  [
    'Unknown',
    "Error: EACCES: permission denied, copyfile '/a' -> '/b'",
    'may only be read. Choose',
  ],
  ['NoPermissions', 'Unable to write', 'may only be read. Choose'],
  ['', 'EROFS: read-only file system, mkdir', 'may only be read. Choose'],
  ['', 'Error: ENOSPC: no space left on device, write', 'the disk is full. What was written'],
  ['Unknown', 'Error: it broke.', 'written to here: it broke. What was written'],
])('%s %s', (code, message, text) => {
  expect(courseNotWritten('here', code, message)).toContain(text);
  expect(courseNotWritten('here', code, message)).not.toMatch(/Error:|copyfile/);
});
