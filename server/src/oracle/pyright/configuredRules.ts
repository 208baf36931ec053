/** What a project's configuration asks of pyright beyond its own files, put into the options that it computed. */
import type { ConfiguredModule, ConfiguredOptions } from './processProtocol.ts';
import type { ConfigOptions, ExecEnvironment, Uri } from './pyrightInternals.ts';

export function applyConfigured(options: ConfigOptions, configured: ConfiguredOptions): void {
  Object.assign(options.diagnosticRuleSet, configured.rules);
  if (configured.platform !== undefined) options.defaultPythonPlatform = configured.platform;
  for (const [name, value] of Object.entries(configured.constants))
    options.defineConstant.set(name, value);
  if (configured.extraPaths.length > 0)
    options.defaultExtraPaths = [
      ...(options.defaultExtraPaths ?? []),
      ...configured.extraPaths.map((path) => options.projectRoot.resolvePaths(path)),
    ];
  if (configured.modules.length > 0) addModules(options, configured.modules);
}

/** pyright has rules by folder; ours are by module, so each file gets its folder's environment with its own rules. */
function addModules(options: ConfigOptions, modules: readonly ConfiguredModule[]): void {
  const patterns = modules.map((module) => ({ module, regExp: new RegExp(module.pattern) }));
  const find = options.findExecEnvironment.bind(options);
  const root = String(options.projectRoot);
  options.findExecEnvironment = (uri) => {
    const environment = find(uri);
    const name = moduleName(root, uri);
    const matching = patterns.filter(({ regExp }) => name !== undefined && regExp.test(name));
    if (matching.length === 0) return environment;
    const diagnosticRuleSet = { ...environment.diagnosticRuleSet };
    for (const { module } of matching) {
      Object.assign(diagnosticRuleSet, module.rules);
      if (!module.ignoresErrors) continue;
      for (const rule of Object.keys(diagnosticRuleSet))
        if (/^(report|strata)/.test(rule)) diagnosticRuleSet[rule] = 'none';
    }
    const copy = Object.create(Object.getPrototypeOf(environment) as object) as ExecEnvironment;
    return Object.assign(copy, environment, { diagnosticRuleSet });
  };
}

function moduleName(root: string, uri: Uri): string | undefined {
  const text = String(uri);
  if (!text.startsWith(`${root}/`)) return undefined;
  return decodeURIComponent(text.slice(root.length + 1))
    .replace(/^src\//, '')
    .replace(/(\/__init__)?\.pyi?$/, '')
    .replaceAll('/', '.');
}
