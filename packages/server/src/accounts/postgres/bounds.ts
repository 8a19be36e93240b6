/**
 * How many connections there are, and how long each thing on them may take. These end in this order: a transaction that stands
 * still, a wait for its rows, a statement on the server, and then the service's own patience with a server that says nothing.
 */

/**
 * Connections of one node: enough, as each is lent for some milliseconds at a time. PostgreSQL allows 100 by default, so five
 * nodes fit.
 */
export const CONNECTIONS_MAX = 16;

/**
 * Of those, one operation may have so many at most: enough for several statements of its uploads and calls at once. A fifth
 * operation waits for a connection only while four others each wait for rows of their own.
 */
export const CONNECTIONS_A_KEY = 4;

/** How long a statement waits for its turn: enough for a thousand calls of one operation at once on a slow disk. */
export const TURN_MS = 10_000;

/** Connections besides those, for the node's beats: one beats and looks while the other is broken, or takes over. */
export const CONNECTIONS_APART = 2;

/** A new connection takes milliseconds; a caller who has waited so long for one gets an error. */
export const CONNECT_MS = 3_000;

/**
 * A node that is frozen in the middle of a transaction loses it after so long, and others go on with its rows. A node that
 * works never stands still so long: between two statements it only computes, for some milliseconds.
 */
export const STANDS_STILL_MS = 2_000;

/** Longer than a frozen node can hold a row, so whoever waits for the row gets it in the end. */
export const LOCK_MS = 3_000;

/** A statement that takes longer has failed, and its caller is told so. The longest take a tenth of a second. */
export const STATEMENT_MS = 4_000;

/** The server would have answered by then, if only to say that the statement took too long: it is frozen, or cut off. */
export const SILENT_MS = 5_000;

/** A migration may go through all rows that there are. */
export const MIGRATION_MS = 10 * 60_000;

/** How often a start looks whether another node has migrated by now; it waits as long as one may take. */
export const MIGRATION_LOOK_MS = 100;

/** An idle connection is closed after so long; a new one takes milliseconds. */
export const IDLE_MS = 30_000;

/**
 * On a silent connection the system asks after so long whether the other side is still there: firewalls forget idle connections.
 */
export const KEEP_ALIVE_MS = 10_000;

/** How long a start waits for a server that is starting too, or recovering from a crash, and how often it asks. */
export const START_WAIT_MS = 10_000;
export const START_LOOK_MS = 250;

/** Tries of a statement that PostgreSQL ended so that others could go on: the second nearly always gets through. */
export const TRIES_MAX = 4;
