/** A scope while, and after, its code is followed. */
import type { Scope } from '../../../python/scopes.ts';
import type { State } from './state.ts';

export interface Frame {
  readonly scope: Scope;
  /** Where the names are that it does not bind itself. */
  readonly enclosing: Frame | undefined;
  /** What is known when its code has run to the end; undefined while it runs. */
  final: State | undefined;
}
