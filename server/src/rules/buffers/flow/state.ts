/** What is known at one point of the program: the names of a scope, and the facts of objects. */
import type { MemoryviewState, ObjectState, Value } from './values.ts';
import { sameValue, unknown } from './values.ts';

export class State {
  readonly names: Map<string, Value>;
  /** `undefined` for an object of which nothing is known any more. */
  readonly objects: Map<number, ObjectState | undefined>;
  /** Names that a test spoke of without our knowing what it said: nothing is concluded from them. */
  readonly doubted: Set<string>;
  /** Whether the code that follows can't be reached. */
  isDead = false;
  /** Whether this point is reached each time that the function is called. */
  isCertain = true;

  constructor(
    names = new Map<string, Value>(),
    objects = new Map<number, ObjectState | undefined>(),
    doubted = new Set<string>(),
  ) {
    this.names = names;
    this.objects = objects;
    this.doubted = doubted;
  }

  copy(): State {
    const copy = new State(new Map(this.names), new Map(this.objects), new Set(this.doubted));
    copy.isDead = this.isDead;
    copy.isCertain = this.isCertain;
    return copy;
  }

  /** What holds whichever of the two ways was taken. */
  static join(a: State, b: State): State {
    if (a.isDead !== b.isDead) {
      const live = a.isDead ? b : a;
      const joined = live.copy();
      joined.isCertain = false;
      return joined;
    }
    const joined = new State();
    joined.isDead = a.isDead;
    joined.isCertain = a.isCertain && b.isCertain;
    for (const [name, value] of a.names) {
      const other = b.names.get(name);
      joined.names.set(name, other && sameValue(value, other) ? value : unknown);
    }
    for (const name of b.names.keys()) if (!a.names.has(name)) joined.names.set(name, unknown);
    for (const [id, object] of a.objects) {
      const inOther = b.objects.has(id);
      joined.objects.set(id, !inOther ? object : sameObject(object, b.objects.get(id)));
    }
    for (const [id, object] of b.objects) if (!a.objects.has(id)) joined.objects.set(id, object);
    for (const name of [...a.doubted, ...b.doubted]) joined.doubted.add(name);
    return joined;
  }

  /** Becomes what `other` is, so that whoever holds this one sees it. */
  become(other: State): void {
    this.isDead = other.isDead;
    this.isCertain = other.isCertain;
    replace(this.names, other.names);
    replace(this.objects, other.objects);
    const doubted = [...other.doubted];
    this.doubted.clear();
    for (const name of doubted) this.doubted.add(name);
  }
}

function replace<K, V>(map: Map<K, V>, other: ReadonlyMap<K, V>): void {
  const entries = [...other];
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

/** The facts that two ways agree on: those of one of them if they are the same, else of the released state alone. */
function sameObject(
  a: ObjectState | undefined,
  b: ObjectState | undefined,
): ObjectState | undefined {
  if (a === b) return a;
  if (a?.kind === 'memoryview' && b?.kind === 'memoryview' && a.released !== b.released) {
    // Released in one way only: what the view looks at is still known, whether it may be used is not.
    const [first, second] = [withoutRelease(a), withoutRelease(b)];
    return sameFacts(first, second) ? first : undefined;
  }
  return a && b && sameFacts(a, b) ? a : undefined;
}

function withoutRelease(view: MemoryviewState): MemoryviewState {
  const rest: { -readonly [K in keyof MemoryviewState]: MemoryviewState[K] } = { ...view };
  delete rest.released;
  delete rest.releasedAt;
  return rest;
}

function sameFacts(a: object, b: object): boolean {
  return JSON.stringify(a, plain) === JSON.stringify(b, plain);
}

/** Without the syntax that functions and classes bring along. */
function plain(key: string, value: unknown): unknown {
  if (key === 'frame') return undefined;
  // A place may be an expression with all that is inside of it.
  if (key === 'madeAt' || key === 'releasedAt') return (value as { from: number }).from;
  if (key === 'statement') return (value as { from: number }).from;
  return typeof value === 'bigint' ? String(value) : value;
}
