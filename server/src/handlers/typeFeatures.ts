/**
 * What a type checker offers beside its findings, registered only while we are the one who checks types: another type
 * server's completions and ours side by side would be a list with everything twice.
 */
import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver/node';
import {
  semanticTokenModifiers,
  semanticTokenTypes,
} from '../oracle/pyright/queries/semanticTokens.ts';
import type { ServerState } from './serverState.ts';

interface TypeFeature {
  readonly capability: keyof ServerCapabilities;
  readonly method: string;
  readonly options: object;
  /** What the client says of it, among which whether it can be registered later. */
  readonly client: (
    capabilities: ClientCapabilities,
  ) => { readonly dynamicRegistration?: boolean | undefined } | undefined;
}

const typeFeatures: readonly TypeFeature[] = [
  feature('completionProvider', 'completion', {
    triggerCharacters: ['.', '[', '"', "'"],
    resolveProvider: true,
    completionItem: { labelDetailsSupport: true },
  }),
  feature('signatureHelpProvider', 'signatureHelp', { triggerCharacters: ['(', ',', ')'] }),
  feature('definitionProvider', 'definition'),
  feature('declarationProvider', 'declaration'),
  feature('typeDefinitionProvider', 'typeDefinition'),
  feature('referencesProvider', 'references'),
  feature('documentHighlightProvider', 'documentHighlight'),
  feature('documentSymbolProvider', 'documentSymbol'),
  feature('renameProvider', 'rename', { prepareProvider: true }),
  {
    ...feature('callHierarchyProvider', 'callHierarchy'),
    method: 'textDocument/prepareCallHierarchy',
  },
  feature('implementationProvider', 'implementation'),
  feature('inlayHintProvider', 'inlayHint'),
  feature('semanticTokensProvider', 'semanticTokens', {
    legend: { tokenTypes: semanticTokenTypes, tokenModifiers: semanticTokenModifiers },
    full: true,
    range: true,
  }),
  {
    capability: 'workspaceSymbolProvider',
    method: 'workspace/symbol',
    options: {},
    client: ({ workspace }) => workspace?.symbol,
  },
];

/** Those that our own analyses have answers for too: registered also where another type server answers the rest. */
const ownFeatures = typeFeatures.filter(({ method }) =>
  /^textDocument\/(?:completion|definition|inlayHint)$/.test(method),
);

/** For a client that takes no registrations later: then what holds at the start has to do. */
export function staticTypeFeatures(state: ServerState): Partial<ServerCapabilities> {
  const features = state.settings.checkTypes ? typeFeatures : ownFeatures;
  return Object.fromEntries(
    features
      .filter(({ client }) => !client(state.clientCapabilities)?.dynamicRegistration)
      .map(({ capability, options }) => [capability, options]),
  );
}

/** Brings what is registered in line with the settings. */
export function registerTypeFeatures(state: ServerState): void {
  const { checkTypes } = state.settings;
  const dynamic = typeFeatures.filter(
    ({ client }) => client(state.clientCapabilities)?.dynamicRegistration === true,
  );
  if (checkTypes === state.typeFeaturesAreRegistered || dynamic.length === 0) return;
  const isFirst = state.typeFeaturesAreRegistered === undefined;
  state.typeFeaturesAreRegistered = checkTypes;
  // What was never registered is not taken back.
  if (!checkTypes || !isFirst) changeOwnFeatures(state, !checkTypes);
  if (!checkTypes && isFirst) return;
  const registrations = dynamic.map(({ method, options }) => ({
    id: `strata/${method}`,
    method,
    registerOptions: { documentSelector: [{ language: 'python' }], ...options },
  }));
  const sent = checkTypes
    ? state.connection.sendRequest('client/registerCapability', { registrations })
    : state.connection.sendRequest('client/unregisterCapability', {
        // The protocol's own spelling.
        unregisterations: registrations.map(({ id, method }) => ({ id, method })),
      });
  sent.catch((error: unknown) => {
    state.connection.console.warn(`server.features were refused: ${String(error)}`);
  });
}

/** No type checker has lenses, so that these are always there. */
export function registerFrameLenses({ connection, clientCapabilities }: ServerState): void {
  if (clientCapabilities.textDocument?.codeLens?.dynamicRegistration !== true) return;
  const method = 'textDocument/codeLens';
  const registerOptions = { documentSelector: [{ language: 'python' }] };
  const registrations = [{ id: `strata/frames/${method}`, method, registerOptions }];
  connection.sendRequest('client/registerCapability', { registrations }).catch((error: unknown) => {
    connection.console.warn(`server.features were refused: ${String(error)}`);
  });
}

/** Under ids of their own, so that both are never there at once. */
function changeOwnFeatures(
  { connection, clientCapabilities }: ServerState,
  register: boolean,
): void {
  const own = ownFeatures.filter(
    ({ client }) => client(clientCapabilities)?.dynamicRegistration === true,
  );
  const registrations = own.map(({ method, options }) => ({
    id: `strata/frames/${method}`,
    method,
    registerOptions: { documentSelector: [{ language: 'python' }], ...options },
  }));
  const sent = register
    ? connection.sendRequest('client/registerCapability', { registrations })
    : connection.sendRequest('client/unregisterCapability', {
        unregisterations: registrations.map(({ id, method }) => ({ id, method })),
      });
  sent.catch((error: unknown) => {
    connection.console.warn(`server.features were refused: ${String(error)}`);
  });
}

function feature(
  capability: keyof ServerCapabilities,
  name: Exclude<keyof NonNullable<ClientCapabilities['textDocument']>, 'publishDiagnostics'>,
  options: object = {},
): TypeFeature {
  return {
    capability,
    method: `textDocument/${name}`,
    options,
    client: ({ textDocument }) => textDocument?.[name],
  };
}
