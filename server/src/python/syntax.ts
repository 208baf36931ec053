/**
 * Python's statements and expressions as data, for analyses that follow values. Read from the syntax tree by
 * `readSyntax.ts`; what did not parse is `broken` and says which names it mentions.
 */
import type { SyntaxNode } from '@lezer/common';
import type { StringLiteral } from './stringLiteral.ts';

interface Place {
  /** Half-open offsets into the module's text. */
  readonly from: number;
  readonly to: number;
}

export type Expression = Place &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'number'; readonly text: string }
    /** `literal` is undefined for what has no value in the text, such as a name escape. */
    | { readonly kind: 'string'; readonly literal: StringLiteral | undefined }
    | { readonly kind: 'constant'; readonly value: 'True' | 'False' | 'None' | '...' }
    | { readonly kind: 'tuple' | 'list' | 'set'; readonly items: readonly Expression[] }
    | {
        readonly kind: 'dict';
        readonly keys: readonly (Expression | undefined)[];
        readonly values: readonly Expression[];
      }
    | Call
    | Attribute
    | Subscript
    | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
    | {
        readonly kind: 'binary';
        readonly operator: string;
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: 'conditional';
        readonly test: Expression;
        readonly then: Expression;
        readonly otherwise: Expression;
      }
    | { readonly kind: 'named'; readonly target: Expression; readonly value: Expression }
    | { readonly kind: 'star'; readonly value: Expression }
    | { readonly kind: 'await' | 'yield'; readonly value: Expression | undefined }
    /** Code that runs in a scope of its own: a lambda or a comprehension. */
    | { readonly kind: 'scope'; readonly node: SyntaxNode }
    /** A formatted string, and whatever did not parse: its parts are evaluated, its value is not known. */
    | { readonly kind: 'parts'; readonly parts: readonly Expression[]; readonly isText: boolean }
  );

export interface Call extends Place {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly CallArgument[];
  /** Where the `)` is, or where the last argument ends in a call that is still being typed. */
  readonly end: number;
}

export interface CallArgument {
  readonly keyword: string | undefined;
  readonly unpacks: '' | '*' | '**';
  readonly value: Expression;
}

export interface Attribute extends Place {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
  readonly nameFrom: number;
}

export interface Subscript extends Place {
  readonly kind: 'subscript';
  readonly object: Expression;
  /** Between the brackets; `x[1, 2]` has two items and a comma. */
  readonly items: readonly SubscriptItem[];
  readonly hasComma: boolean;
}

export type SubscriptItem =
  | { readonly kind: 'index'; readonly value: Expression }
  | {
      readonly kind: 'slice';
      readonly start: Expression | undefined;
      readonly stop: Expression | undefined;
      readonly step: Expression | undefined;
    };

export interface WithItem {
  readonly value: Expression;
  readonly target: Expression | undefined;
}

export interface ExceptClause {
  /** Undefined catches everything. */
  readonly type: Expression | undefined;
  readonly name: string | undefined;
  readonly body: SyntaxNode;
}

export type Statement = Place &
  (
    | {
        readonly kind: 'assign';
        readonly targets: readonly Expression[];
        readonly annotation: Expression | undefined;
        readonly value: Expression | undefined;
      }
    | {
        readonly kind: 'update';
        readonly target: Expression;
        readonly operator: string;
        readonly value: Expression;
      }
    | { readonly kind: 'expression'; readonly value: Expression }
    | { readonly kind: 'return' | 'raise'; readonly values: readonly Expression[] }
    | { readonly kind: 'delete'; readonly targets: readonly Expression[] }
    | { readonly kind: 'assert'; readonly test: Expression }
    | { readonly kind: 'break' | 'continue' | 'pass' }
    | {
        readonly kind: 'if';
        readonly branches: readonly { readonly test: Expression; readonly body: SyntaxNode }[];
        readonly otherwise: SyntaxNode | undefined;
      }
    | {
        readonly kind: 'while';
        readonly test: Expression;
        readonly body: SyntaxNode;
        readonly otherwise: SyntaxNode | undefined;
      }
    | {
        readonly kind: 'for';
        readonly target: Expression;
        readonly iterable: Expression;
        readonly body: SyntaxNode;
        readonly otherwise: SyntaxNode | undefined;
      }
    | { readonly kind: 'with'; readonly items: readonly WithItem[]; readonly body: SyntaxNode }
    | {
        readonly kind: 'try';
        readonly body: SyntaxNode;
        readonly handlers: readonly ExceptClause[];
        readonly otherwise: SyntaxNode | undefined;
        readonly finally: SyntaxNode | undefined;
      }
    | {
        readonly kind: 'match';
        readonly subject: Expression | undefined;
        readonly bodies: readonly SyntaxNode[];
      }
    | FunctionStatement
    | ClassStatement
    | { readonly kind: 'import'; readonly node: SyntaxNode }
    | { readonly kind: 'scope'; readonly names: readonly string[] }
    /** `expressions` and `bodies` are what could be read of it. */
    | {
        readonly kind: 'broken';
        readonly expressions: readonly Expression[];
        readonly bodies: readonly SyntaxNode[];
      }
  );

export interface Parameter {
  readonly name: string;
  readonly nameFrom: number;
  readonly kind: 'positional' | 'keyword' | '*' | '**';
  readonly default: Expression | undefined;
  readonly annotation: Expression | undefined;
}

export interface FunctionStatement extends Place {
  readonly kind: 'function';
  readonly name: string;
  readonly nameFrom: number;
  readonly isAsync: boolean;
  readonly decorators: readonly Expression[];
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | undefined;
  readonly body: SyntaxNode | undefined;
  readonly node: SyntaxNode;
}

export interface ClassStatement extends Place {
  readonly kind: 'class';
  readonly name: string;
  readonly nameFrom: number;
  readonly decorators: readonly Expression[];
  readonly bases: readonly CallArgument[];
  readonly body: SyntaxNode | undefined;
  readonly node: SyntaxNode;
}
