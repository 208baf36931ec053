/**
 * Every option of mypy's configuration file, and what it does here. `docs/mypy.md` is made of these rows.
 * From mypy's documentation, "The mypy configuration file".
 */

/** What an option turns on or off: rules of pyright by name, and ours that begin with `strata`. */
export type RuleSettings = Readonly<Record<string, 'error' | 'warning' | 'none' | boolean>>;

export interface MypyOption {
  readonly name: string;
  readonly type: 'boolean' | 'text' | 'list' | 'number';
  /** Whether a section of one module may have it. */
  readonly isPerModule?: true;
  /** For a boolean: what its values turn on and off. */
  readonly whenTrue?: RuleSettings;
  readonly whenFalse?: RuleSettings;
  /** Read by name in `mypyConfig.ts`: what it becomes, for the documentation. */
  readonly becomes?: string;
  /** Why nothing comes of it. */
  readonly because?: string;
}

const output = "shapes mypy's own output only";
const cache = "is about mypy's own cache and process";
const report = 'names a report that mypy writes';
const always = 'pyright always does this';

function options(type: MypyOption['type'], because: string, names: string): readonly MypyOption[] {
  return names.split(' ').map((name) => ({ name, type, because }));
}

export const mypyOptions: readonly MypyOption[] = [
  // Where imports lead
  { name: 'mypy_path', type: 'list', becomes: 'extra folders to look for imports in' },
  { name: 'python_executable', type: 'text', becomes: 'the interpreter, in a trusted workspace' },
  {
    name: 'ignore_missing_imports',
    type: 'boolean',
    isPerModule: true,
    becomes:
      '`reportMissingImports`, `reportMissingModuleSource` and `reportMissingTypeStubs` off; in a section, for imports of these modules',
  },
  {
    name: 'follow_imports',
    type: 'text',
    isPerModule: true,
    because:
      'pyright reads what is imported and reports only on files that are checked, as `silent` does',
  },
  { name: 'follow_imports_for_stubs', type: 'boolean', isPerModule: true, because: always },
  { name: 'follow_untyped_imports', type: 'boolean', isPerModule: true, because: always },
  ...options('boolean', always, 'namespace_packages explicit_package_bases'),
  ...options(
    'list',
    'an editor checks what is open, and `strata check` what it is given',
    'files modules packages',
  ),
  {
    name: 'exclude',
    type: 'list',
    because: 'an editor checks what is open, and `strata check` has `--exclude`',
  },
  { name: 'exclude_gitignore', type: 'boolean', because: '`strata check` has `--exclude`' },
  ...options(
    'boolean',
    'pyright finds packages through the interpreter',
    'no_site_packages no_silence_site_packages',
  ),

  // The platform
  { name: 'python_version', type: 'text', becomes: 'the target version' },
  { name: 'platform', type: 'text', becomes: 'the target platform' },
  { name: 'always_true', type: 'list', becomes: 'constants that are true' },
  { name: 'always_false', type: 'list', becomes: 'constants that are false' },

  // Any
  {
    name: 'disallow_any_unimported',
    type: 'boolean',
    isPerModule: true,
    because: 'an unresolved import is an error itself',
  },
  {
    name: 'disallow_any_expr',
    type: 'boolean',
    isPerModule: true,
    whenTrue: {
      reportUnknownVariableType: 'error',
      reportUnknownMemberType: 'error',
      reportUnknownArgumentType: 'error',
      reportUnknownLambdaType: 'error',
    },
  },
  {
    name: 'disallow_any_decorated',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { reportUntypedFunctionDecorator: 'error' },
  },
  {
    name: 'disallow_any_explicit',
    type: 'boolean',
    isPerModule: true,
    because: 'pyright has no rule against an `Any` that is written out',
  },
  {
    name: 'disallow_any_generics',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { reportMissingTypeArgument: 'error' },
    whenFalse: { reportMissingTypeArgument: 'none' },
  },
  {
    name: 'disallow_subclassing_any',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { reportUntypedBaseClass: 'error' },
    whenFalse: { reportUntypedBaseClass: 'none' },
  },

  // Definitions without annotations
  {
    name: 'disallow_untyped_calls',
    type: 'boolean',
    isPerModule: true,
    because: 'pyright infers what functions without annotations return',
  },
  { name: 'untyped_calls_exclude', type: 'list', because: 'goes with `disallow_untyped_calls`' },
  {
    name: 'disallow_untyped_defs',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { strataUntypedDefinition: 'error' },
    whenFalse: { strataUntypedDefinition: 'none', reportMissingParameterType: 'none' },
  },
  {
    name: 'disallow_incomplete_defs',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { strataIncompleteDefinition: 'error' },
    whenFalse: { strataIncompleteDefinition: 'none' },
  },
  {
    name: 'check_untyped_defs',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { analyzeUnannotatedFunctions: true },
    whenFalse: { analyzeUnannotatedFunctions: false },
  },
  {
    name: 'disallow_untyped_decorators',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { reportUntypedFunctionDecorator: 'error', reportUntypedClassDecorator: 'error' },
    whenFalse: { reportUntypedFunctionDecorator: 'none', reportUntypedClassDecorator: 'none' },
  },

  // None
  {
    name: 'implicit_optional',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { strictParameterNoneValue: false },
    whenFalse: { strictParameterNoneValue: true },
  },
  {
    name: 'strict_optional',
    type: 'boolean',
    isPerModule: true,
    whenFalse: {
      reportOptionalMemberAccess: 'none',
      reportOptionalSubscript: 'none',
      reportOptionalIterable: 'none',
      reportOptionalCall: 'none',
      reportOptionalOperand: 'none',
      reportOptionalContextManager: 'none',
    },
    whenTrue: {},
  },

  // Warnings
  {
    name: 'warn_redundant_casts',
    type: 'boolean',
    whenTrue: { reportUnnecessaryCast: 'error' },
    whenFalse: { reportUnnecessaryCast: 'none' },
  },
  {
    name: 'warn_unused_ignores',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { reportUnnecessaryTypeIgnoreComment: 'error' },
    whenFalse: { reportUnnecessaryTypeIgnoreComment: 'none' },
  },
  { name: 'warn_no_return', type: 'boolean', isPerModule: true, because: always },
  {
    name: 'warn_return_any',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { strataReturnsAny: 'error' },
    whenFalse: { strataReturnsAny: 'none' },
  },
  {
    name: 'warn_unreachable',
    type: 'boolean',
    isPerModule: true,
    because: 'code that is never reached is shown grey',
  },
  {
    name: 'deprecated_calls_exclude',
    type: 'list',
    isPerModule: true,
    because: 'pyright has no list of exceptions',
  },
  {
    name: 'report_deprecated_as_note',
    type: 'boolean',
    because: 'deprecated calls are struck through',
  },

  // Silence
  {
    name: 'ignore_errors',
    type: 'boolean',
    isPerModule: true,
    becomes: 'every rule off',
  },
  {
    name: 'disable_error_code',
    type: 'list',
    isPerModule: true,
    becomes: 'the rules that stand for the codes, off',
  },
  {
    name: 'enable_error_code',
    type: 'list',
    isPerModule: true,
    becomes: 'the rules that stand for the codes, on',
  },

  // Strictness
  {
    name: 'strict',
    type: 'boolean',
    becomes: 'what `mypy --strict` turns on, as far as it is in this table',
  },
  {
    name: 'allow_untyped_globals',
    type: 'boolean',
    isPerModule: true,
    because: 'pyright infers the types of variables',
  },
  {
    name: 'allow_redefinition',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { reportRedeclaration: 'none' },
    whenFalse: {},
  },
  {
    name: 'allow_redefinition_new',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { reportRedeclaration: 'none' },
    whenFalse: {},
  },
  {
    name: 'allow_redefinition_old',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { reportRedeclaration: 'none' },
    whenFalse: {},
  },
  { name: 'local_partial_types', type: 'boolean', isPerModule: true, because: always },
  { name: 'extra_checks', type: 'boolean', isPerModule: true, because: always },
  { name: 'strict_concatenate', type: 'boolean', isPerModule: true, because: always },
  {
    name: 'implicit_reexport',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { reportPrivateImportUsage: 'none' },
    whenFalse: { reportPrivateImportUsage: 'error' },
  },
  {
    name: 'strict_equality',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { reportUnnecessaryComparison: 'error', reportUnnecessaryContains: 'error' },
    whenFalse: { reportUnnecessaryComparison: 'none', reportUnnecessaryContains: 'none' },
  },
  {
    name: 'strict_equality_for_none',
    type: 'boolean',
    isPerModule: true,
    because: 'goes with `strict_equality`',
  },
  {
    name: 'strict_bytes',
    type: 'boolean',
    isPerModule: true,
    whenTrue: { disableBytesTypePromotions: true },
    whenFalse: { disableBytesTypePromotions: false },
  },
  {
    name: 'disable_bytearray_promotion',
    type: 'boolean',
    whenTrue: { disableBytesTypePromotions: true },
    whenFalse: {},
  },
  {
    name: 'disable_memoryview_promotion',
    type: 'boolean',
    whenTrue: { disableBytesTypePromotions: true },
    whenFalse: {},
  },

  // What is mypy's own
  {
    name: 'plugins',
    type: 'list',
    because: 'plugins run inside mypy: `strata.typing.mypy` runs your own mypy beside',
  },
  {
    name: 'warn_unused_configs',
    type: 'boolean',
    because: 'sections with mistakes are always reported',
  },
  { name: 'warn_incomplete_stub', type: 'boolean', because: 'is for those who work on typeshed' },
  ...options('text', 'pyright has its own typeshed', 'custom_typing_module custom_typeshed_dir'),
  ...options(
    'boolean',
    output,
    'show_error_context show_column_numbers show_error_end hide_error_codes show_error_codes show_error_code_links pretty color_output error_summary show_absolute_path force_uppercase_builtins force_union_syntax',
  ),
  ...options(
    'boolean',
    cache,
    'incremental sqlite_cache cache_fine_grained fixed_format_cache skip_version_check skip_cache_mtime_checks pdb show_traceback raise_exceptions scripts_are_modules install_types non_interactive native_parser',
  ),
  ...options('text', cache, 'cache_dir quickstart_file cache_map'),
  ...options('number', cache, 'verbosity num_workers'),
  ...options(
    'text',
    report,
    'any_exprs_report cobertura_xml_report html_report linecount_report linecoverage_report lineprecision_report memory_xml_report txt_report xml_report xslt_html_report xslt_txt_report junit_xml junit_format',
  ),
];

/** What `strict = True` stands for, in mypy's own order. */
export const strictOptions: readonly { readonly name: string; readonly value: boolean }[] = [
  ...[
    'disallow_any_generics',
    'disallow_subclassing_any',
    'disallow_untyped_calls',
    'disallow_untyped_defs',
    'disallow_incomplete_defs',
    'check_untyped_defs',
    'disallow_untyped_decorators',
    'warn_redundant_casts',
    'warn_unused_ignores',
    'warn_return_any',
    'strict_equality',
    'strict_bytes',
    'extra_checks',
  ].map((name) => ({ name, value: true })),
  { name: 'implicit_reexport', value: false },
];
