/** What DuckDB says of a CSV file that it can't read: the place first, then the line, then the reason. */

const place = /^(Invalid Input Error: )?CSV Error on Line/;

export function isCsvError(message: string): boolean {
  return place.test(message);
}

/** Bytes that are no UTF-8: Spark puts a mark where they stand, and DuckDB refuses them. */
export function isNoText(message: string): boolean {
  return /not utf-8 encoded/i.test(message);
}

/** In a preview, whose buffers are small: a file that is read as a whole may have longer lines. */
export const longestPreviewLine = 1024 * 1024;

export function isLongForPreview(message: string): boolean {
  return message.includes(`Maximum line size of ${longestPreviewLine} bytes exceeded`);
}

export function csvReason(message: string): string {
  const lines = message.split('\n');
  if (isNoText(message))
    return "It holds bytes that are no UTF-8; name its encoding with the reader's option 'encoding'.";
  const isReason = (line: string) => !place.test(line) && !line.startsWith('Original Line');
  return lines.find(isReason) ?? lines[0] ?? '';
}

export function csvPath(message: string): string {
  return /^ {2}file = (.*)$/m.exec(message)?.[1] ?? '';
}
