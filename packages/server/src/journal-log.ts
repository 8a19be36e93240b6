import type { Logger } from 'pino';
import type { JournalEvent } from './attempts/unsettled.js';

const SEE_DAMAGED = 'see "A damaged journal entry" in docs/guide/operations.md';

/** Says what happened to the journal, for who looks after the service. */
export function logJournal(log: Logger, event: JournalEvent): void {
  switch (event.kind) {
    case 'settled':
      log.info({ entry: event.entry }, 'an upload that was left half done is stored');
      return;
    case 'waits':
      log.warn({ err: event.error, entry: event.entry }, 'an upload could not be stored, and is tried again');
      return;
    case 'strange':
      log.warn({ entry: event.entry }, 'something in the journal is no file, and was passed over');
      return;
    case 'aside':
      log.warn(event.held, `damaged journal entries are set aside: ${SEE_DAMAGED}`);
      return;
    case 'aside full':
      log.error({ err: event.error }, `no more damaged journal entries can be set aside: ${SEE_DAMAGED}`);
      return;
    case 'damaged':
      log.error(
        { err: event.error, path: event.path },
        `a journal entry is damaged, and was set aside: ${SEE_DAMAGED}`,
      );
  }
}
