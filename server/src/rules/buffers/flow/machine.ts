/** What the models of libraries see of the analysis that runs them. */
import type { PythonModule } from '../../../python/module.ts';
import type { Call, Expression, Subscript } from '../../../python/syntax.ts';
import type { Fix, RelatedPlace, RuleContext, Severity } from '../../finding.ts';
import type { ObjectState, Place, Value } from './values.ts';

export interface Problem {
  readonly rule: string;
  readonly severity?: Severity;
  readonly at: Place;
  readonly message: string;
  /** What Python raises: code that catches it is left alone. Undefined where nothing is raised. */
  readonly exception?: string;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
  /** Where it stands in the function that was called, where it is reported at the call. */
  readonly origin?: Place;
}

/** Whether an expression shares the memory of another, and why: for hovers and inlay hints. */
export interface Sharing {
  readonly relation: 'view' | 'copy';
  /** The expression whose memory it is. */
  readonly of?: Expression;
  readonly byteLength?: number;
  readonly because: string;
}

export interface Argument {
  readonly expression: Expression;
  readonly value: Value;
}

export interface Machine {
  readonly module: PythonModule;
  readonly context: RuleContext;
  evaluate(expression: Expression): Value;
  textOf(place: Place): string;
  /** The facts of an object; undefined for any other value, and where none are known. */
  objectOf(value: Value | undefined): ObjectState | undefined;
  allocate(state: ObjectState): Value;
  update(value: Value, state: ObjectState | undefined): void;
  /** The value was given to code that may do anything with it. */
  escape(value: Value): void;
  report(problem: Problem): void;
  note(expression: Place, sharing: Sharing): void;
  /** Names that certainly hold a view of the object's memory at this point. */
  viewsOf(id: number): readonly { readonly name: string; readonly state: ObjectState }[];
}

export interface CallSite {
  readonly call: Call;
  /** Positional ones up to the first `*`. */
  readonly positional: readonly Argument[];
  readonly keywords: ReadonlyMap<string, Argument>;
  /** Whether `*` or `**` may give more than is seen. */
  readonly unpacks: boolean;
  /** Positional argument `index`, else the one named `keyword`. */
  argument(index: number, keyword?: string): Argument | undefined;
}

export interface SubscriptSite {
  readonly subscript: Subscript;
  readonly receiver: Value;
  readonly indices: readonly SubscriptValue[];
}

export type SubscriptValue =
  | { readonly kind: 'index'; readonly value: Value; readonly expression: Expression }
  | {
      readonly kind: 'slice';
      readonly start: Value | undefined;
      readonly stop: Value | undefined;
      readonly step: Value | undefined;
    };

/** How one library behaves. Each answer is undefined where the model has nothing to say of the value. */
export interface Model {
  /** A call of an imported member or of a builtin. */
  call?(machine: Machine, callee: Value, site: CallSite): Value | undefined;
  /** A call of a method of a value. */
  method?(machine: Machine, receiver: Value, name: string, site: CallSite): Value | undefined;
  attribute?(machine: Machine, receiver: Value, name: string, at: Expression): Value | undefined;
  subscript?(machine: Machine, site: SubscriptSite): Value | undefined;
  /** `receiver[…] = value`; true where that is all there is to say. */
  store?(machine: Machine, site: SubscriptSite, stored: Argument): boolean;
  /** `del receiver[…]`. */
  deleteItem?(machine: Machine, site: SubscriptSite): boolean;
  /** `object.name = value`. */
  storeAttribute?(machine: Machine, receiver: Value, name: string, stored: Argument): boolean;
  binary?(
    machine: Machine,
    operator: string,
    left: Argument,
    right: Argument,
    at: Expression,
  ): Value | undefined;
  /** `target operator= value`; the new value of the target. */
  update?(
    machine: Machine,
    operator: string,
    target: Argument,
    operand: Argument,
    at: Place,
  ): Value | undefined;
}
