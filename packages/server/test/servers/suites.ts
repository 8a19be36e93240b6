/**
 * Tests of what a service does with its stores, whichever those are: they run over stores in the process and over servers
 * (`npm run test:engines`). All others run once, as no store can change what they find.
 */
export const SHARED_BEHAVIOUR = [
  'packages/server/test/**/*.test.ts',
  'packages/server/src/accounts/*.test.ts',
  'packages/server/src/accounts/postgres/*.test.ts',
  'packages/server/src/attempts/*.test.ts',
  'packages/server/src/attempts/engine/*.test.ts',
  'packages/server/src/attempts/engine/server/*.test.ts',
  'packages/server/src/hygiene/chance/history.test.ts',
  'packages/server/src/hygiene/faults/fault-sql.test.ts',
  'packages/server/src/outcomes/upload-evidence.test.ts',
];

/**
 * Of those, what is the embedded stores' alone: their directory, their disk, and what a kill or a power cut leaves there. What a kill
 * leaves on servers is tried by `two-nodes/uploads.test.ts`.
 */
const OF_A_DIRECTORY = [
  'packages/server/src/attempts/earlier-store.test.ts',
  'packages/server/src/attempts/set-aside.test.ts',
  'packages/server/src/attempts/store.test.ts',
  'packages/server/test/crash.test.ts',
  'packages/server/test/data-directory.test.ts',
  'packages/server/test/disk-full.test.ts',
  'packages/server/test/earlier-store.test.ts',
  'packages/server/test/kill.test.ts',
  'packages/server/test/power-cut.test.ts',
  'packages/server/test/quarantine-kill.test.ts',
  'packages/server/test/taking-back-killed.test.ts',
  'packages/server/test/thin-disk.test.ts',
  'packages/server/test/uncounted-calls.test.ts',
];

/** And what asks nothing of a store that others do not: pages and documents, how requests come in, how files are read. */
const OF_NO_STORE = [
  'packages/server/src/attempts/attempt-rows.test.ts',
  'packages/server/src/attempts/gathered-bytes.test.ts',
  'packages/server/src/attempts/reply-lines.test.ts',
  'packages/server/src/attempts/tab-separated.test.ts',
  'packages/server/test/bad-input.fuzz.test.ts',
  'packages/server/test/bad-input.test.ts',
  'packages/server/test/base-path.test.ts',
  'packages/server/test/chance-worlds.test.ts',
  'packages/server/test/conformance.test.ts',
  'packages/server/test/console/*.test.ts',
  'packages/server/test/contract.fuzz.test.ts',
  'packages/server/test/docs.browser.test.ts',
  'packages/server/test/docs.test.ts',
  'packages/server/test/error-pages.test.ts',
  'packages/server/test/forgiving-uploads.test.ts',
  'packages/server/test/generated-clients.test.ts',
  'packages/server/test/import-detection.test.ts',
  'packages/server/test/import-direction.test.ts',
  'packages/server/test/import-fixtures.test.ts',
  'packages/server/test/hygiene-guide.test.ts',
  'packages/server/test/hygiene-worlds.test.ts',
  'packages/server/test/imports.fuzz.test.ts',
  'packages/server/test/left-out.model.test.ts',
  'packages/server/test/moving-programs.test.ts',
  'packages/server/test/not-served.test.ts',
  'packages/server/test/php-snippet.test.ts',
  'packages/server/test/pipelining.test.ts',
  'packages/server/test/postman.test.ts',
  'packages/server/test/preflight.browser.test.ts',
  'packages/server/test/reverse-proxy.test.ts',
  'packages/server/test/samples.test.ts',
  'packages/server/test/slow-readers.test.ts',
  'packages/server/test/slow-senders.test.ts',
  'packages/server/test/stalls.test.ts',
  'packages/server/test/turns.test.ts',
  'packages/server/test/watch-looks-back.test.ts',
  'packages/server/test/watch-worlds.test.ts',
  'packages/server/test/webhook-receivers.test.ts',
];

/** And what counts what the engine reads, and what memory it takes, of statements that are the same on both. */
const OF_COSTS = [
  'packages/server/test/page-cost.test.ts',
  'packages/server/test/table-memory.test.ts',
  'packages/server/test/window-cost.test.ts',
];

export const EMBEDDED_ALONE = [...OF_A_DIRECTORY, ...OF_NO_STORE, ...OF_COSTS];

/**
 * Tests that promise of a service what two over one pair of servers have to promise together: each request of theirs goes to one of
 * the two in turn. Others look into one process, as into its memory.
 */
export const TWO_SERVICES = [
  'packages/server/test/call-times.test.ts',
  'packages/server/test/customers.model.test.ts',
  'packages/server/test/hooks.test.ts',
  'packages/server/test/http-behaviour.test.ts',
  'packages/server/test/imports.test.ts',
  'packages/server/test/native-api.test.ts',
  'packages/server/test/quarantine.model.test.ts',
  'packages/server/test/replacement.test.ts',
  'packages/server/test/unchanged.test.ts',
  'packages/server/test/webhooks.test.ts',
];

/** Tests of several processes over one pair of servers, as stores in a process are that process's alone; and of servers themselves. */
export const SERVERS_ALONE = [
  'packages/server/src/accounts/postgres/*.test.ts',
  'packages/server/src/attempts/engine/server/away.test.ts',
  'packages/server/src/attempts/engine/server/open.test.ts',
  'packages/server/test/two-nodes/*.test.ts',
];
