/** Layers inside a realm, and no cycles. Between realms ESLint and project references hold the line. */
const inside = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle has no bottom to read first.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    inside(
      'server-rules-are-inner',
      '^server/src/(rules|python)/',
      '^server/src/(handlers|session|main)',
      'Rules and syntax know nothing of sessions and LSP.',
    ),
    inside(
      'server-python-is-innermost',
      '^server/src/python/',
      '^server/src/(rules|oracle|adoption)/',
      'The parse knows nothing of what is read from it.',
    ),
    inside(
      'server-session-below-handlers',
      '^server/src/(session|oracle)/',
      '^server/src/handlers/',
      'Handlers call inwards.',
    ),
    inside(
      'sql-parse-is-innermost',
      '^sql/src/parse/',
      '^sql/src/(analyze|optimize|explain|functions)/',
      'Parsing yields a plan and knows nothing of types.',
    ),
    inside(
      'sql-plan-is-data',
      '^sql/src/plan/',
      '^sql/src/(parse|analyze|optimize|explain)/',
      'The plan is data.',
    ),
    inside(
      'sql-analyze-below-optimize',
      '^sql/src/analyze/',
      '^sql/src/(optimize|explain)/',
      'parse, plan, analyze, optimize, explain.',
    ),
    inside(
      'sql-optimize-below-explain',
      '^sql/src/optimize/',
      '^sql/src/explain/',
      'parse, plan, analyze, optimize, explain.',
    ),
    inside(
      'engine-duckdb-is-inner',
      '^engine/src/duckdb/',
      '^engine/src/(session|sources|sinks|connect|main)',
      'session calls sources, sources call duckdb.',
    ),
    inside(
      'buffers-source-is-innermost',
      '^buffers/src/source/',
      '^buffers/src/(format|inspect|worker)',
      'inspect, format, source.',
    ),
    inside(
      'buffers-format-below-inspect',
      '^buffers/src/format/',
      '^buffers/src/(inspect|worker)',
      'inspect, format, source.',
    ),
    inside(
      'panels-share-only-the-kit',
      '^webviews/src/kit/',
      '^webviews/src/(buffer|results|table|plan|jobs|grid)/',
      'Components are fed by props.',
    ),
    inside(
      'panels-are-apart',
      '^webviews/src/buffer/',
      '^webviews/src/(results|table|plan|jobs)/',
      'Panels meet in the kit.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    exclude: { path: '(^|/)(dist|out|test|test-host)/' },
  },
};
