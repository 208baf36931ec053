/** What the pyright process is told of one workspace folder: settings, the project's files, the environment. */
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { EngineConfiguration } from '../oracle/pyright/processProtocol.ts';
import { isIgnoredImport } from '../lspConvert.ts';
import type { MypyConfig } from '../session/mypy/mypyConfig.ts';
import { modulePattern } from '../session/mypy/mypyConfig.ts';
import type { ProjectConfig } from '../session/projectConfig.ts';
import { projectConfig } from '../session/projectConfig.ts';
import type { PythonEnvironment } from '../session/pythonEnvironment.ts';
import { pythonEnvironment } from '../session/pythonEnvironment.ts';
import { requiredPythonVersion } from '../session/requiresPython.ts';
import type { ServerState } from './serverState.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What is known of a folder until one of its files changes. */
interface Project {
  readonly config: ProjectConfig | undefined;
  readonly requiredVersion: string | undefined;
  readonly isIgnored: (module: string) => boolean;
}

export class Projects {
  readonly #env: Variables;
  readonly #projects = new Map<string, Project>();

  constructor(env: Variables) {
    this.#env = env;
  }

  /** A file of configuration changed, or folders came and went. */
  forget(): void {
    this.#projects.clear();
  }

  configurationFor(state: ServerState, scopeUri: string | undefined): EngineConfiguration {
    const { settings } = state;
    const folder = folderOf(state, scopeUri);
    const project = folder === undefined ? undefined : this.#project(folder);
    const mypy = project?.config?.mypy;
    const environment = this.#environment(state, folder, mypy);
    const version = settings.pythonVersion === '' ? mypy?.pythonVersion : settings.pythonVersion;
    const fallback = project?.requiredVersion ?? environment?.version;
    return {
      typeCheckingMode: settings.typeCheckingMode,
      ...(settings.requireOverride === true ? { requireOverride: true } : {}),
      overridesConfigFile: settings.overridesConfigFile ?? false,
      mayRunPython: settings.trusted,
      ...(version === undefined ? {} : { pythonVersion: version }),
      ...(fallback === undefined ? {} : { fallbackPythonVersion: fallback }),
      ...(environment === undefined ? {} : { pythonPath: environment.pythonPath }),
      ...(mypy ? { configured: configuredOptions(mypy) } : {}),
    };
  }

  environmentOf(state: ServerState, folder: string): PythonEnvironment | undefined {
    return this.#environment(state, folder, this.#project(folder).config?.mypy);
  }

  #environment(
    { settings }: ServerState,
    folder: string | undefined,
    mypy: MypyConfig | undefined,
  ): PythonEnvironment | undefined {
    // What a file of the workspace names is run only where the workspace is trusted.
    const named = settings.trusted ? mypy?.pythonPath : undefined;
    return pythonEnvironment(folder, settings.pythonPath ?? named, this.#env);
  }

  /** Without the imports that the project expects to be missing. */
  expected(
    state: ServerState,
    uri: string,
    diagnostics: readonly Diagnostic[],
  ): readonly Diagnostic[] {
    const folder = folderOf(state, uri);
    if (folder === undefined) return diagnostics;
    const { isIgnored } = this.#project(folder);
    return diagnostics.filter((each) => !isIgnoredImport(each, isIgnored));
  }

  /** Of each folder that has one, the file of configuration and what is wrong in it. */
  configs(state: ServerState): readonly ProjectConfig[] {
    return state.folders.flatMap(({ uri }) => {
      const folder = folderOf(state, uri);
      return (folder === undefined ? undefined : this.#project(folder).config) ?? [];
    });
  }

  #project(folder: string): Project {
    const known = this.#projects.get(folder);
    if (known) return known;
    const config = projectConfig(folder);
    const patterns = (config?.mypy?.ignoredImports ?? []).map(
      (each) => new RegExp(modulePattern(each)),
    );
    const project: Project = {
      config,
      requiredVersion: requiredPythonVersion(folder),
      isIgnored: (module) => patterns.some((pattern) => pattern.test(module)),
    };
    this.#projects.set(folder, project);
    return project;
  }
}

function configuredOptions({
  platform,
  extraPaths,
  constants,
  rules,
  modules,
}: MypyConfig): NonNullable<EngineConfiguration['configured']> {
  return {
    ...(platform === undefined ? {} : { platform }),
    extraPaths,
    constants,
    rules,
    modules: modules.map((each) => ({
      pattern: modulePattern(each.pattern),
      rules: each.rules,
      ignoresErrors: each.ignoresErrors === true,
    })),
  };
}

/** The path of the innermost workspace folder around a document, else of the first. */
export function folderOf(
  { folders, notebooks }: ServerState,
  documentUri: string | undefined,
): string | undefined {
  const uri = documentUri === undefined ? undefined : notebooks.placeOf(documentUri);
  const around = folders
    .filter((each) => uri === each.uri || uri?.startsWith(`${each.uri}/`) === true)
    .sort((a, b) => b.uri.length - a.uri.length)[0];
  const folder = around ?? folders[0];
  return folder?.uri.startsWith('file:') === true ? fileURLToPath(folder.uri) : undefined;
}
