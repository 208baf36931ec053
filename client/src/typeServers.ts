/** Other extensions that check Python types. Pure, so that the rule can be read and tested alone. */

/** By extension id, the name people know. */
const typeServers: readonly (readonly [id: string, name: string])[] = [
  ['ms-python.vscode-pylance', 'Pylance'],
  ['ms-pyright.pyright', 'Pyright'],
  ['detachhead.basedpyright', 'basedpyright'],
  ['astral-sh.ty', 'ty'],
  ['meta.pyrefly', 'Pyrefly'],
];

/**
 * The type server that is enabled and not turned off, or undefined.
 * `python.languageServer` governs Pylance alone: any value but `Default` and `Pylance` turns it off.
 */
export function otherTypeServer(
  isEnabled: (extensionId: string) => boolean,
  languageServerSetting: unknown,
): string | undefined {
  const pylanceIsOff =
    typeof languageServerSetting === 'string' &&
    !['Default', 'Pylance'].includes(languageServerSetting);
  return typeServers.find(
    ([id, name]) => isEnabled(id) && !(name === 'Pylance' && pylanceIsOff),
  )?.[1];
}
