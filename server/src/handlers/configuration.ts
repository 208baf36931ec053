import { RESTART_TYPE_CHECKER } from '#shared/protocol/languageServer.ts';
import { readSettings } from '../session/settings.ts';
import type { ServerState } from './serverState.ts';
import { isConfigFile, publishConfigProblems } from './configFiles.ts';
import { refreshInlayHints } from './inlayHint.ts';
import { recheckOpen } from './textSync.ts';
import { registerTypeFeatures } from './typeFeatures.ts';

export function handleConfiguration(state: ServerState): void {
  const { connection, engine } = state;
  /** Files of configuration that have findings in the editor. */
  const published = new Set<string>();
  state.onReady.push(() => publishConfigProblems(state, published));
  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
    // An editor that only says "something changed" has nothing new for us.
    if (typeof settings !== 'object' || settings === null) return;
    const before = state.settings;
    state.settings = readSettings(settings);
    state.ruleContexts.forget();
    if (JSON.stringify(before.rules) !== JSON.stringify(state.settings.rules)) recheckOpen(state);
    for (const configured of state.onConfigured) configured();
    const { checkTypes } = state.settings;
    registerTypeFeatures(state);
    if (state.settings.mypy !== 'on') state.publications.dropExtra();
    else if (before.mypy !== 'on')
      for (const uri of state.documents.keys()) for (const opened of state.onOpened) opened(uri);
    if (before.checkTypes !== checkTypes) publishConfigProblems(state, published);
    if (JSON.stringify(before.inlayHints) !== JSON.stringify(state.settings.inlayHints))
      refreshInlayHints(state);
    if (!checkTypes) {
      engine.stop();
      state.publications.dropChecked();
    } else if (!before.checkTypes) engine.start();
    else if (JSON.stringify(before) !== JSON.stringify(state.settings))
      engine.configurationChanged();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    engine.watchedFilesChanged(changes);
    if (!changes.some(({ uri }) => isConfigFile(uri))) return;
    state.projects.forget();
    state.ruleContexts.forget();
    publishConfigProblems(state, published);
    engine.configurationChanged();
  });
  connection.onNotification(RESTART_TYPE_CHECKER, () => {
    if (state.settings.checkTypes) engine.restart();
  });
}
