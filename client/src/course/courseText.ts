/** What is said of the files of the course. Pure. */
import { formatQuantity } from '#shared/quantities.ts';

/** `kept` are the names of those that were there before. */
export function courseWritten(
  folder: string,
  written: readonly string[],
  kept: readonly string[],
): string {
  const where = 'The exercises are in the Testing view.';
  if (written.length === 0)
    return `All ${kept.length} files of the course are in ${folder} already, and stay as they are. ${where}`;
  const files = `${formatQuantity(written.length, 'file')} of the course ${written.length === 1 ? 'was' : 'were'} written to ${folder}.`;
  const [first] = kept;
  if (first === undefined) return `${files} ${where}`;
  const before =
    kept.length === 1
      ? `${first} was there already and stays as it is.`
      : `${formatQuantity(kept.length, 'other')}, ${first} among them, were there already and stay as they are.`;
  return `${files} ${before} ${where}`;
}

/** `code` is VS Code's or the system's name of what went wrong, `message` its own words. */
export function courseNotWritten(folder: string, code: string, message: string): string {
  const kind = `${code} ${message}`;
  const rest = 'What was written until then stays, and only what is missing is written next time.';
  if (/NoPermissions|\b(EACCES|EPERM|EROFS)\b/i.test(kind))
    return `The course can't be written to ${folder}: the folder may only be read. Choose another one.`;
  if (/\bENOSPC\b/i.test(kind))
    return `Not all files of the course could be written to ${folder}: the disk is full. ${rest}`;
  const why = message.replace(/^(\w*Error: )+/, '').replace(/\.$/, '');
  return `Not all files of the course could be written to ${folder}: ${why}. ${rest}`;
}
