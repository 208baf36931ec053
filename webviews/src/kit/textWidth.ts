/** Pixels of one character of the editor's font, in which all data stands. */
export function dataCharacterWidth(): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 8;
  const root = getComputedStyle(document.documentElement);
  const family = root.getPropertyValue('--vscode-editor-font-family') || 'monospace';
  const size = root.getPropertyValue('--vscode-editor-font-size') || '12px';
  context.font = `${size} ${family}`;
  return context.measureText('0000000000').width / 10;
}

/** Pixels of a column that holds `characters`, with its padding. */
export function columnWidthFor(characters: number, characterWidth: number): number {
  return Math.ceil(characters * characterWidth) + 17;
}
