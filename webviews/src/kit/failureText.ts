import type { EngineFailure } from '#shared/protocol/engine.ts';
import type { ChangedFailure } from '#shared/protocol/tables.ts';
import type { WireError } from '#shared/protocol/wire.ts';

/** Whatever a call about rows may end with. */
export type CallFailure = EngineFailure | ChangedFailure | WireError;

export interface FailureText {
  readonly title: string;
  readonly message: string;
  readonly code?: string;
}

/** What happened, in words; the class and the SQLSTATE small at the end. */
export function failureText(failure: CallFailure): FailureText {
  switch (failure.kind) {
    case 'spark':
      return {
        title: failure.class.startsWith('UNSUPPORTED_')
          ? 'This engine can’t do that yet'
          : 'The query failed',
        message: failure.message,
        code: [failure.class, failure.sqlState].filter((part) => part !== '').join(' · '),
      };
    case 'unavailable':
      if (failure.scope === 'query')
        return { title: 'There is not enough room', message: failure.message };
      return {
        title: 'The engine is not available',
        message: `${failure.message}\nTyping and the buffer inspector work on.`,
      };
    case 'changed':
      return {
        title: 'The file has changed on disk',
        message: 'What was read of it stays. Open it anew to read the rest.',
      };
    case 'gone':
      return {
        title: 'The result is gone',
        message: 'The engine that held it has ended. Run the query again to see its rows.',
      };
    case 'crashed':
      return {
        title: 'Something went wrong in Strata',
        message: `${failure.message}\nThe log in the output channel “Strata” says more.`,
      };
    case 'closed':
      return {
        title: 'The connection to the editor is closed',
        message: 'What was read so far stays. Reopen the panel to go on.',
      };
    case 'cancelled':
      return { title: 'Cancelled', message: 'It was cancelled before it was done.' };
  }
}
