import type { Logger } from 'pino';
import type { PartEvent } from './attempts/durable/set-unsynced-aside.js';
import type { JournalEvent } from './attempts/unsettled.js';

const SEE_DAMAGED = 'see "A damaged journal entry" in docs/guide/operations.md';

const SEE_PARTS = 'see "Parts that are missing or broken" in docs/guide/operations.md';

/** Logs what happened to the journal, for the person who runs the service. */
export function logJournal(log: Logger, event: JournalEvent): void {
  switch (event.kind) {
    case 'settled':
      log.info({ entry: event.entry }, 'an upload of the journal is stored');
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

/** Logs what happened to the engine's parts: what a power cut left of them, and whether they reach the disk. */
export function logParts(log: Logger, event: PartEvent): void {
  switch (event.kind) {
    case 'set aside':
      log.info(
        { parts: event.parts },
        'what was not on disk at the last stop is taken from the journal again',
      );
      return;
    case 'aside kept':
      log.error(
        { path: event.path },
        `the journal is not whole, so a part that was set aside is kept: ${SEE_PARTS}`,
      );
      return;
    case 'missing':
      log.error({ path: event.path }, `a part that was on disk is gone: ${SEE_PARTS}`);
      return;
    case 'broken':
      log.error({ path: event.path }, `a part that was on disk is broken, and was set aside: ${SEE_PARTS}`);
      return;
    case 'list damaged':
      log.error({ err: event.error }, `it cannot be told which parts are on disk: ${SEE_PARTS}`);
      return;
    case 'sync failed':
      log.error({ err: event.error }, 'attempts could not be brought to the disk, and it is tried again');
  }
}
