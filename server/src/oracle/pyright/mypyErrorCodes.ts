/** mypy's error codes, and the rules that say the same here. From mypy's documentation, "Error codes". */
export const errorCodeRules: Readonly<Record<string, readonly string[]>> = {
  'attr-defined': ['reportAttributeAccessIssue'],
  'union-attr': ['reportOptionalMemberAccess', 'reportAttributeAccessIssue'],
  'name-defined': ['reportUndefinedVariable'],
  'used-before-def': ['reportUnboundVariable'],
  'call-arg': ['reportCallIssue'],
  'arg-type': ['reportArgumentType'],
  'call-overload': ['reportCallIssue', 'reportArgumentType'],
  'valid-type': ['reportInvalidTypeForm'],
  metaclass: ['reportGeneralTypeIssues'],
  'var-annotated': [],
  override: ['reportIncompatibleMethodOverride', 'reportIncompatibleVariableOverride'],
  return: ['reportReturnType'],
  'empty-body': ['reportReturnType'],
  'return-value': ['reportReturnType'],
  assignment: ['reportAssignmentType', 'reportAttributeAccessIssue'],
  'method-assign': ['reportAttributeAccessIssue'],
  'type-var': ['reportInvalidTypeArguments', 'reportArgumentType'],
  operator: ['reportOperatorIssue', 'reportOptionalOperand'],
  index: ['reportIndexIssue', 'reportOptionalSubscript', 'reportArgumentType'],
  'list-item': ['reportArgumentType', 'reportAssignmentType'],
  'dict-item': ['reportArgumentType', 'reportAssignmentType'],
  'typeddict-item': [
    'reportArgumentType',
    'reportAssignmentType',
    'reportTypedDictNotRequiredAccess',
  ],
  'typeddict-unknown-key': ['reportGeneralTypeIssues', 'reportCallIssue'],
  'typeddict-readonly-mutated': ['reportTypedDictNotRequiredAccess'],
  'has-type': [],
  import: ['reportMissingImports', 'reportMissingModuleSource'],
  'import-not-found': ['reportMissingImports'],
  'import-untyped': ['reportMissingTypeStubs', 'reportMissingModuleSource'],
  'no-redef': ['reportRedeclaration'],
  'func-returns-value': [],
  abstract: ['reportAbstractUsage'],
  'type-abstract': ['reportAbstractUsage', 'reportArgumentType'],
  'safe-super': ['reportAbstractUsage'],
  'literal-required': ['reportGeneralTypeIssues'],
  'no-overload-impl': ['reportNoOverloadImplementation'],
  'overload-overlap': ['reportOverlappingOverload'],
  'overload-cannot-match': ['reportOverlappingOverload'],
  'unused-coroutine': ['reportUnusedCoroutine'],
  'top-level-await': [],
  'await-not-async': [],
  'assert-type': ['reportAssertTypeFailure'],
  'truthy-function': ['reportUnnecessaryComparison'],
  'str-bytes-safe': [],
  'prop-decorator': [],
  'name-match': ['reportGeneralTypeIssues'],
  'exit-return': [],
  syntax: [],
  misc: ['reportGeneralTypeIssues'],
  'type-arg': ['reportMissingTypeArgument'],
  'no-untyped-def': ['strataUntypedDefinition', 'strataIncompleteDefinition'],
  'no-untyped-call': [],
  'no-any-return': ['strataReturnsAny'],
  'no-any-unimported': [],
  'explicit-any': [],
  'redundant-cast': ['reportUnnecessaryCast'],
  'redundant-self': [],
  'redundant-expr': ['reportUnnecessaryComparison', 'reportUnnecessaryContains'],
  'comparison-overlap': ['reportUnnecessaryComparison'],
  unreachable: [],
  deprecated: ['reportDeprecated'],
  'possibly-undefined': ['reportPossiblyUnbound'],
  'truthy-bool': [],
  'truthy-iterable': [],
  'ignore-without-code': [],
  'unused-awaitable': ['reportUnusedCoroutine'],
  'unused-ignore': ['reportUnnecessaryTypeIgnoreComment'],
  'explicit-override': ['reportImplicitOverride'],
  'mutable-override': ['reportIncompatibleVariableOverride'],
  'unimported-reveal': [],
  'narrowed-type-not-subtype': ['reportGeneralTypeIssues'],
  'exhaustive-match': ['reportMatchNotExhaustive'],
};

/** Rules under which pyright at times reports what mypy reports under a code, beside those that stand for the code. */
const rulesAtTimes: Readonly<Record<string, readonly string[]>> = {
  'attr-defined': [
    'reportFunctionMemberAccess',
    'reportOptionalMemberAccess',
    'reportPrivateImportUsage',
    'reportIndexIssue',
  ],
  'union-attr': [
    'reportOptionalIterable',
    'reportOptionalContextManager',
    'reportFunctionMemberAccess',
  ],
  'name-defined': ['reportUnboundVariable', 'reportPossiblyUnbound'],
  'used-before-def': ['reportUndefinedVariable', 'reportPossiblyUnbound'],
  'call-arg': ['reportArgumentType', 'reportAbstractUsage'],
  'arg-type': ['reportCallIssue', 'reportOptionalMemberAccess'],
  'call-overload': ['reportIndexIssue', 'reportOptionalSubscript'],
  'valid-type': [
    'reportGeneralTypeIssues',
    'reportInvalidTypeArguments',
    'reportInvalidTypeVarUse',
    'reportUndefinedVariable',
    'reportAttributeAccessIssue',
  ],
  override: ['reportAssignmentType', 'reportGeneralTypeIssues', 'override-constructor'],
  assignment: ['reportArgumentType', 'reportIncompatibleVariableOverride'],
  'method-assign': ['reportAssignmentType'],
  'type-var': ['reportGeneralTypeIssues', 'reportCallIssue'],
  operator: ['reportCallIssue', 'reportOptionalCall', 'reportIndexIssue'],
  index: ['reportCallIssue', 'reportGeneralTypeIssues', 'reportTypedDictNotRequiredAccess'],
  'list-item': ['reportReturnType', 'reportCallIssue'],
  'dict-item': ['reportReturnType', 'reportCallIssue'],
  'typeddict-item': ['reportReturnType', 'reportGeneralTypeIssues', 'reportIndexIssue'],
  'typeddict-unknown-key': ['reportArgumentType', 'reportAssignmentType', 'reportReturnType'],
  import: ['reportMissingTypeStubs', 'reportAttributeAccessIssue'],
  'import-not-found': ['reportMissingModuleSource', 'reportMissingTypeStubs'],
  'import-untyped': ['reportMissingImports'],
  'no-redef': ['reportGeneralTypeIssues', 'reportAssignmentType'],
  abstract: ['reportGeneralTypeIssues', 'abstract-class'],
  'type-arg': ['reportInvalidTypeArguments'],
};

/** Whether a finding of the rule is what mypy reports under the code: as a rule, only at times, or never. */
export function saysTheSameAs(code: string, rule: string): 'usually' | 'at times' | 'never' {
  if (errorCodeRules[code]?.includes(rule) === true) return 'usually';
  return rulesAtTimes[code]?.includes(rule) === true ? 'at times' : 'never';
}

/**
 * Whether `# type: ignore[codes]` is about a finding of the rule. It is not where the codes are mypy's, all are known
 * to stand for certain rules, and the finding's rule stands for another code. In doubt it is.
 */
export function codesSilence(codes: readonly string[], rule: string | undefined): boolean {
  if (rule === undefined || !rulesWithCode.has(rule)) return true;
  return codes.some(
    (code) =>
      code === 'misc' ||
      (errorCodeRules[code] ?? []).length === 0 ||
      saysTheSameAs(code, rule) !== 'never',
  );
}

const rulesWithCode = new Set(
  Object.entries(errorCodeRules).flatMap(([code, rules]) => (code === 'misc' ? [] : rules)),
);
