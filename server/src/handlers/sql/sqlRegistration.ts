/** What the server offers for Spark SQL, registered for its own documents only. */
import type { ServerCapabilities } from 'vscode-languageserver/node';
import type { ServerState } from '../serverState.ts';
import { sqlSemanticTokens } from './sqlSemanticTokens.ts';

interface SqlFeature {
  readonly capability: keyof ServerCapabilities;
  readonly name: keyof NonNullable<ServerState['clientCapabilities']['textDocument']>;
  readonly options: object;
}

const features: readonly SqlFeature[] = [
  {
    capability: 'completionProvider',
    name: 'completion',
    options: { triggerCharacters: ['.', '`', '/'], completionItem: { labelDetailsSupport: true } },
  },
  {
    capability: 'signatureHelpProvider',
    name: 'signatureHelp',
    options: { triggerCharacters: ['(', ','] },
  },
  { capability: 'definitionProvider', name: 'definition', options: {} },
  { capability: 'referencesProvider', name: 'references', options: {} },
  { capability: 'documentHighlightProvider', name: 'documentHighlight', options: {} },
  { capability: 'documentSymbolProvider', name: 'documentSymbol', options: {} },
  { capability: 'renameProvider', name: 'rename', options: { prepareProvider: true } },
  { capability: 'foldingRangeProvider', name: 'foldingRange', options: {} },
  { capability: 'selectionRangeProvider', name: 'selectionRange', options: {} },
  { capability: 'documentFormattingProvider', name: 'formatting', options: {} },
  { capability: 'documentRangeFormattingProvider', name: 'rangeFormatting', options: {} },
  {
    capability: 'documentOnTypeFormattingProvider',
    name: 'onTypeFormatting',
    options: { firstTriggerCharacter: ';' },
  },
  { capability: 'codeLensProvider', name: 'codeLens', options: {} },
];

const isDynamic = (state: ServerState, { name }: SqlFeature) => {
  const own = state.clientCapabilities.textDocument?.[name];
  return typeof own === 'object' && 'dynamicRegistration' in own && own.dynamicRegistration;
};

/** Registered later or not at all: a legend is of one language, and Python has its own. */
const semanticTokens: SqlFeature = {
  capability: 'semanticTokensProvider',
  name: 'semanticTokens',
  options: sqlSemanticTokens,
};

/** For a client that takes no registrations later. */
export function staticSqlFeatures(state: ServerState): Partial<ServerCapabilities> {
  return Object.fromEntries(
    features
      .filter((feature) => !isDynamic(state, feature))
      .map(({ capability, options }) => [capability, options]),
  );
}

/** `.sql` belongs to VS Code: of it only what is in these folders, and there also what every document has. */
export class SqlRegistration {
  readonly #state: ServerState;
  #registered: readonly { readonly id: string; readonly method: string }[] = [];
  #folders: string | undefined;

  constructor(state: ServerState) {
    this.#state = state;
  }

  async follow(folders: readonly string[], checksEmbedded: boolean): Promise<void> {
    const key = JSON.stringify([folders, checksEmbedded]);
    if (this.#folders === key) return;
    this.#folders = key;
    const before = this.#registered;
    const ours = { language: 'spark-sql' };
    const inFolders = folders.map(selectorOf);
    const dynamic = [...features, semanticTokens].filter((each) => isDynamic(this.#state, each));
    // Of a client that can't be asked for more documents later there are none.
    const canOpenMore =
      this.#state.clientCapabilities.textDocument?.synchronization?.dynamicRegistration === true;
    const inMarkdown =
      checksEmbedded && canOpenMore
        ? [
            ...everyDocument,
            ...dynamic.flatMap(({ name, options }) => inMarkdownToo(name, options)),
          ]
        : [];
    const registrations = [
      ...inMarkdown.map(({ method, options }) =>
        registration(method, markdown, options, 'strata/markdown'),
      ),
      ...(inFolders.length > 0 && canOpenMore ? everyDocument : []).map(({ method, options }) =>
        registration(method, inFolders, options),
      ),
      ...dynamic.map(({ name, options }) =>
        registration(`textDocument/${name}`, [ours, ...inFolders], options),
      ),
    ];
    this.#registered = registrations.map(({ id, method }) => ({ id, method }));
    const { connection } = this.#state;
    try {
      if (before.length > 0)
        await connection.sendRequest('client/unregisterCapability', {
          // The protocol's own spelling.
          unregisterations: before,
        });
      if (registrations.length > 0)
        await connection.sendRequest('client/registerCapability', { registrations });
    } catch (error) {
      connection.console.warn(`server.sql features were refused: ${String(error)}`);
    }
  }
}

/** What the server says at its start of Python and Spark SQL, and of no other language. */
const everyDocument = [
  { method: 'textDocument/didOpen', options: {} },
  { method: 'textDocument/didChange', options: { syncKind: 2 } },
  { method: 'textDocument/didClose', options: {} },
  { method: 'textDocument/hover', options: {} },
  { method: 'textDocument/codeAction', options: { codeActionKinds: ['quickfix'] } },
];

const markdown = ['file', 'untitled', 'vscode-notebook-cell'].map((scheme) => ({
  language: 'markdown',
  scheme,
}));

/** What stands beside what Markdown itself has; whatever VS Code asks one provider alone for is Markdown's. */
function inMarkdownToo(name: SqlFeature['name'], options: object) {
  return ['completion', 'signatureHelp', 'definition'].includes(name)
    ? [{ method: `textDocument/${name}`, options }]
    : [];
}

function registration(
  method: string,
  documentSelector: readonly object[],
  options: object,
  id = 'strata/sql',
) {
  return { id: `${id}/${method}`, method, registerOptions: { documentSelector, ...options } };
}

/** A folder's documents, or one that is in none. */
function selectorOf(uri: string): object {
  const scheme = /^[^:]*/.exec(uri)?.[0] ?? '';
  if (scheme === 'untitled') return { language: 'sql', scheme };
  return { language: 'sql', pattern: `${globOf(uri)}/**` };
}

/** A folder's path as a pattern that means itself. */
function globOf(uri: string): string {
  const { pathname } = new URL(uri);
  const path = decodeURIComponent(pathname).replace(/^\/([A-Za-z]:)/, '$1');
  return path.replace(/[[\]{}*?]/g, (character) => `[${character}]`);
}
