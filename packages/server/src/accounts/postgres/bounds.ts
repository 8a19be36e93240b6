/**
 * What each connection may take, and for how long. They end in this order: a transaction that stands still, who waits for its
 * rows, a statement on the server, and then the service's own patience with a server that says nothing.
 */

/**
 * Connections of one node: more than wait for each other at once, as each is lent for some milliseconds. A PostgreSQL as it is
 * installed takes 100, so five nodes fit.
 */
export const CONNECTIONS_MAX = 16;

/**
 * Of those, what is asked for one operation has so many at most: several statements of its uploads and calls at once, and four
 * operations must each wait for rows of their own before a fifth waits for a connection.
 */
export const CONNECTIONS_A_KEY = 4;

/** So long one waits for its turn: a thousand calls of one operation at once on a slow disk. */
export const TURN_MS = 10_000;

/** Besides those, for what shows that the node lives: one looks while the other is broken, or takes over. */
export const CONNECTIONS_APART = 2;

/** A new connection takes milliseconds; a caller who has waited so long for one is told. */
export const CONNECT_MS = 3_000;

/**
 * A node that is frozen in the middle of a transaction loses it after so long, and others go on with its rows. A node that
 * works never stands still so long: between two statements it only computes, for some milliseconds.
 */
export const STANDS_STILL_MS = 2_000;

/** Longer than a frozen node can hold a row, so who waits behind it gets it in the end. */
export const LOCK_MS = 3_000;

/** What a caller is told of a statement by now is that it failed. The longest take a tenth of a second. */
export const STATEMENT_MS = 4_000;

/** The server would have answered by then, if only to say that the statement took too long: it is frozen, or cut off. */
export const SILENT_MS = 5_000;

/** A migration may go through all that there is. */
export const MIGRATION_MS = 10 * 60_000;

/** How often a start looks whether another node has migrated by now; it waits as long as one may take. */
export const MIGRATION_LOOK_MS = 100;

/** An idle connection is closed after so long; one more takes milliseconds. */
export const IDLE_MS = 30_000;

/** A connection that says nothing is asked by the system after so long whether the other side is there: firewalls forget idle ones. */
export const KEEP_ALIVE_MS = 10_000;

/** How long a start waits for a server that is starting too, or mends what a crash left, and how often it asks. */
export const START_WAIT_MS = 10_000;
export const START_LOOK_MS = 250;

/** Tries of a statement that PostgreSQL ended so that others could go on: the second nearly always gets through. */
export const TRIES_MAX = 4;
