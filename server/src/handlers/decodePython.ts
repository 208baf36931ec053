/** UTF-8 unless the file says Latin-1, as Python reads it (PEP 263). */
export function decodePython(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 400)).toString('latin1').split('\n', 2).join('\n');
  const isLatin1 = /^[ \t\f]*#.*?coding[:=][ \t]*(latin-?1|iso-?8859-1|cp1252)/im.test(head);
  return new TextDecoder(isLatin1 ? 'windows-1252' : 'utf-8').decode(bytes);
}
