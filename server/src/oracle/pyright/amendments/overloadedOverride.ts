/**
 * An overloaded method that overrides an overloaded one has to take every call that the other takes.
 *
 * Typing specification, callables "Assignability rules for overloads": an overloaded callable is assignable to another
 * when for each signature of that one it has a signature that is assignable. pyright looks at them in order and asks
 * only whether the last one is matched, so that one left out in front is missed, and one signature that does for two
 * is refused. That signatures which both have must stand in the same order is its own addition, and stays.
 */
import type { Extension } from '../amendment.ts';
import type { DiagnosticAddendum, Evaluator, FunctionType } from '../evaluator.ts';

type Accepts = (base: FunctionType, override: FunctionType) => boolean;

export const overloadedOverride: Extension = {
  uses: [],
  amendments: [
    {
      name: 'every overload of the overridden method',
      moduleExporting: 'createTypeEvaluator',
      find: /let i=-1,s=(\w+)\.OverloadedType\.getOverloads\(e\);(?=for\(let e of \1\.OverloadedType\.getOverloads\(t\)\)\{let t,o=s\.findIndex\(\(n,s\)=>\{if\(a&&!(\w+)\(n,a\)\)return!1;let o=(\w+)\(n,e,void 0,r\))/,
      replacement:
        'let i=-1,s=$1.OverloadedType.getOverloads(e);if(!strata.takesEveryOverload(rs,s.filter(e=>!a||$2(e,a)),$1.OverloadedType.getOverloads(t),(e,t)=>$3(e,t,void 0,r),n))return!1;',
    },
    {
      name: 'one overload that does for two',
      moduleExporting: 'createTypeEvaluator',
      find: /if\(i<s\.length-1\)(?=\{let e=s\.slice\(i\+1\);)/,
      replacement: 'if(!1)',
    },
  ],
  install: () => ({
    takesEveryOverload(
      evaluator: Evaluator,
      base: readonly FunctionType[],
      override: readonly FunctionType[],
      accepts: Accepts,
      addendum: DiagnosticAddendum | undefined,
    ): boolean {
      const missing = base.filter((wanted) => !override.some((given) => accepts(wanted, given)));
      for (const each of missing)
        addendum?.addMessage(`No overload takes the place of "${evaluator.printType(each)}"`);
      return missing.length === 0;
    },
  }),
};
