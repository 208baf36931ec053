/**
 * Where in a statement a text ends: read from its tokens alone, so that any half of a query has a place. It knows the
 * shape of a query, not what its names mean.
 */
import type { Token } from '#sql/parse/lexer.ts';
import { tokenize } from '#sql/parse/lexer.ts';

export type Clause =
  | 'start'
  | 'with'
  | 'select'
  | 'from'
  | 'joinType'
  | 'join'
  | 'on'
  | 'using'
  | 'lateral'
  | 'lateralView'
  | 'where'
  | 'group'
  | 'groupBy'
  | 'having'
  | 'window'
  | 'order'
  | 'orderBy'
  | 'limit'
  | 'offset'
  | 'setOperation'
  | 'values'
  | 'pipe'
  | 'partition'
  | 'partitionBy'
  | 'frame'
  | 'arguments';

/** What a pair of parentheses holds. */
export type FrameKind = 'query' | 'value' | 'relation' | 'window' | 'names' | 'cast' | 'filter';

/** A token, or what is in parentheses as one. */
export interface Item {
  readonly kind: 'word' | 'name' | 'value' | 'operator' | 'group';
  /** Words in upper case. */
  readonly text: string;
}

export interface Frame {
  readonly kind: FrameKind;
  readonly clause: Clause;
  /** What stands in the clause so far. */
  readonly items: readonly Item[];
  /** The function whose arguments these are. */
  readonly callee?: string;
  /** The query began with FROM, or goes on behind a pipe: what is selected comes later or came before. */
  readonly isFromFirst: boolean;
  readonly hasFrom: boolean;
  readonly isPiped: boolean;
  /** Of a join whose kind takes no condition. */
  readonly isCross: boolean;
}

/** The innermost parentheses that are open at the end of a text, or the statement itself. */
export function frameAfter(text: string): Frame {
  const reader = new Reader();
  const tokens = tokenize(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  tokens.forEach((token, index) => {
    if (token.kind !== 'end') reader.read(token, tokens[index - 1], tokens[index + 1]);
  });
  return reader.frame;
}

interface Open {
  kind: FrameKind;
  clause: Clause;
  items: Item[];
  callee?: string;
  isFromFirst: boolean;
  hasFrom: boolean;
  isPiped: boolean;
  isCross: boolean;
}

function opened(kind: FrameKind, clause: Clause, callee?: string): Open {
  const rest = { items: [], isFromFirst: false, hasFrom: false, isPiped: false, isCross: false };
  return { kind, clause, ...rest, ...(callee === undefined ? {} : { callee }) };
}

const byWords: Readonly<Record<string, Clause>> = {
  GROUP: 'group',
  ORDER: 'order',
  SORT: 'order',
  CLUSTER: 'order',
  DISTRIBUTE: 'order',
  PARTITION: 'partition',
};

const behindBy: Readonly<Partial<Record<Clause, Clause>>> = {
  group: 'groupBy',
  order: 'orderBy',
  partition: 'partitionBy',
};

const joinWords = new Set('LEFT RIGHT FULL INNER CROSS NATURAL SEMI ANTI OUTER'.split(' '));
const fromLike = new Set<Clause>(['from', 'join', 'joinType', 'on', 'using', 'lateralView']);

class Reader {
  readonly #stack: Open[] = [opened('query', 'start')];

  get frame(): Open {
    const frame = this.#stack.at(-1);
    if (!frame) throw new Error('the statement itself is always there');
    return frame;
  }

  read(token: Token, before: Token | undefined, after: Token | undefined): void {
    const { text, kind } = token;
    if (kind === 'operator' && (text === '(' || text === '[' || text === '{')) {
      this.#open(text);
      return;
    }
    if (kind === 'operator' && (text === ')' || text === ']' || text === '}')) {
      if (this.#stack.length > 1) this.#stack.pop();
      this.frame.items.push({ kind: 'group', text: '(' });
      return;
    }
    if (kind === 'operator' && text === '|>') {
      this.#begin('pipe', { isPiped: true });
      return;
    }
    const isPart = before?.text === '.' || after?.text === '.';
    if (kind === 'word' && !isPart && this.#word(text, after)) return;
    this.frame.items.push(itemOf(token, isPart));
  }

  #open(sign: string): void {
    const { clause, items, kind } = this.frame;
    const last = items.at(-1);
    const word = last?.kind === 'word' ? last.text : '';
    const isCall = sign === '(' && last !== undefined && isNameLike(last);
    if (sign !== '(') this.#stack.push(opened('value', 'arguments', sign));
    else if (word === 'EXISTS') this.#stack.push(opened('value', 'arguments', word));
    else if (word === 'TABLESAMPLE') this.#stack.push(opened('names', 'arguments'));
    else if (word === 'OVER') this.#stack.push(opened('window', 'start'));
    else if (items.at(-2)?.text === 'WITHIN') this.#stack.push(opened('window', 'start', 'within'));
    else if (word === 'LATERAL') this.#stack.push(opened('relation', 'start'));
    else if (word === 'FILTER') this.#stack.push(opened('filter', 'start'));
    else if (clause === 'with' && word === 'AS') this.#stack.push(opened('query', 'start'));
    else if (clause === 'window' && word === 'AS') this.#stack.push(opened('window', 'start'));
    else if (clause === 'using' || (word === 'EXCEPT' && items.at(-2)?.text === '*'))
      this.#stack.push(opened('names', 'arguments', clause === 'using' ? 'using' : 'except'));
    else if (word === 'CAST' || word === 'TRY_CAST') this.#stack.push(opened('cast', 'arguments'));
    else if (fromLike.has(clause) && clause !== 'on' && expectsRelation(items))
      this.#stack.push(opened('relation', 'start'));
    // Behind a relation come its columns' new names; behind the name of a function its arguments.
    else if (clause === 'with' || (clause === 'start' && kind === 'query' && items.length > 1))
      this.#stack.push(opened('names', 'arguments'));
    else {
      const isCallee = isCall || /^(?:ROLLUP|CUBE|SETS)$/.test(word);
      this.#stack.push(opened('value', 'arguments', isCallee ? last?.text : undefined));
    }
  }

  #begin(clause: Clause, more: Partial<Open> = {}): true {
    const { frame } = this;
    if (frame.kind === 'value' || frame.kind === 'relation') frame.kind = 'query';
    Object.assign(frame, { clause, items: [] as Item[], ...more });
    return true;
  }

  /** Whether a word begins or turns a clause. */
  #word(word: string, after: Token | undefined): boolean {
    const { frame } = this;
    const { clause, items, kind } = frame;
    const last = items.at(-1);
    const isEnd = after === undefined || after.kind === 'end';
    const followed = (...words: string[]) => isEnd || words.includes(after.text);
    const isFresh = items.length === 0 && (clause === 'start' || clause === 'arguments');
    if (word === 'BY') {
      const next = behindBy[clause];
      return next !== undefined && items.length === 0 && this.#begin(next);
    }
    if (kind === 'window') {
      if (isCompleteOrEmpty(frame) && (word in byWords || word === 'ROWS' || word === 'RANGE')) {
        return this.#begin(byWords[word] ?? 'frame');
      }
      return false;
    }
    if (kind === 'filter') return word === 'WHERE' && this.#begin('where');
    const isBehindQuery = items.length === 1 && last?.kind === 'group' && kind !== 'names';
    const canQuery =
      kind === 'query' ||
      ((kind === 'value' || kind === 'relation') && (isFresh || isBehindQuery)) ||
      (kind === 'relation' && isJoinWord(word, after));
    if (!canQuery) return false;
    switch (word) {
      case 'SELECT':
        return this.#begin('select', { hasFrom: frame.isFromFirst || frame.isPiped });
      case 'EXTEND':
      case 'AGGREGATE':
        return clause === 'pipe' && this.#begin('select', { hasFrom: true });
      case 'WITH':
        return (isFresh || clause === 'start') && this.#begin('with');
      case 'VALUES':
        return (isFresh || clause === 'start' || clause === 'with') && this.#begin('values');
      case 'FROM': {
        const isComparison = last?.text === 'DISTINCT' && items.length > 1;
        const isPlace = isFresh || ['select', 'setOperation', 'with', 'start'].includes(clause);
        if (isComparison || !isPlace) return false;
        return this.#begin('from', { isFromFirst: clause !== 'select', hasFrom: true });
      }
      case 'WHERE':
      case 'HAVING':
        return this.#begin(word === 'WHERE' ? 'where' : 'having');
      case 'GROUP':
      case 'ORDER':
        return last?.text !== 'WITHIN' && followed('BY', '(') && after?.text !== '('
          ? this.#begin(word === 'GROUP' ? 'group' : 'order')
          : false;
      case 'SORT':
      case 'CLUSTER':
      case 'DISTRIBUTE':
        return followed('BY') && isComplete(frame) && this.#begin('order');
      case 'LIMIT':
      case 'OFFSET':
      case 'WINDOW':
        return (
          (isComplete(frame) || clause === 'pipe') &&
          this.#begin(word.toLowerCase() as 'limit' | 'offset' | 'window')
        );
      case 'UNION':
      case 'INTERSECT':
      case 'MINUS':
      case 'EXCEPT':
        if (word === 'EXCEPT' && last?.text === '*' && after?.text === '(') return false;
        return this.#begin('setOperation', { hasFrom: false, isFromFirst: false });
      case 'JOIN':
        if (!fromLike.has(clause) && clause !== 'pipe' && kind !== 'relation') return false;
        return this.#begin('join', {
          isCross: items.some(({ text }) => /CROSS|NATURAL/.test(text)),
        });
      case 'ON':
        return clause === 'join' && this.#begin('on');
      case 'USING':
        return clause === 'join' && this.#begin('using');
      case 'LATERAL':
        return (
          fromLike.has(clause) && isComplete(frame) && followed('VIEW') && this.#begin('lateral')
        );
      case 'VIEW':
        return clause === 'lateral' && this.#begin('lateralView');
      default: {
        const isPlace = fromLike.has(clause) || clause === 'pipe' || kind === 'relation';
        if (!joinWords.has(word) || !isPlace) return false;
        if (clause !== 'joinType') {
          if ((!isComplete(frame) && clause !== 'pipe') || after?.text === '(') return false;
          this.#begin('joinType');
        }
        frame.items.push({ kind: 'word', text: word });
        return true;
      }
    }
  }
}

function isJoinWord(word: string, after: Token | undefined): boolean {
  return word === 'JOIN' || (joinWords.has(word) && after?.text !== '(');
}

function itemOf({ kind, text }: Token, isPart: boolean): Item {
  if (kind === 'word') return { kind: isPart ? 'name' : 'word', text };
  if (kind === 'quotedWord') return { kind: 'name', text };
  return { kind: kind === 'operator' ? 'operator' : 'value', text };
}

/** Behind these an operand, a condition or a list begins. */
const leading = new Set(
  (
    'SELECT DISTINCT ALL AND OR NOT IN LIKE ILIKE RLIKE REGEXP BETWEEN WHEN THEN ELSE CASE ESCAPE DIV ROLLUP CUBE SETS ' +
    'EXISTS INTERVAL IS'
  ).split(' '),
);

export function isNameLike({ kind, text }: Item): boolean {
  return kind === 'name' || (kind === 'word' && !leading.has(text) && text !== 'AS');
}

/** Whether the last item ends an operand, so that an operator, a new name or the next clause may follow. */
export function isOperandEnd(items: readonly Item[]): boolean {
  const [before, last] = [items.at(-2), items.at(-1)];
  if (!last) return false;
  if (last.kind === 'operator') {
    const isStar =
      last.text === '*' && (!before || [',', '.', 'DISTINCT', 'ALL'].includes(before.text));
    return isStar || last.text === '?';
  }
  return last.kind !== 'word' || (!leading.has(last.text) && last.text !== 'AS');
}

/** What stands behind the last comma. */
export function lastPart(items: readonly Item[]): readonly Item[] {
  return items.slice(items.findLastIndex(({ text }) => text === ',') + 1);
}

function expectsRelation(items: readonly Item[]): boolean {
  const part = lastPart(items);
  return part.length === 0 || (part.length === 1 && part[0]?.text === 'LATERAL');
}

function isComplete({ clause, items }: Open): boolean {
  if (clause === 'with' || clause === 'setOperation') return items.at(-1)?.kind === 'group';
  return lastPart(items).length > 0 && isOperandEnd(items);
}

function isCompleteOrEmpty(frame: Open): boolean {
  return frame.items.length === 0 ? frame.clause === 'start' : isOperandEnd(frame.items);
}
