/** How long the service waits for a caller before it turns to others. */
export interface Patience {
  /** How often the callers that are waited for are looked at: a thousand of them cost less than a millisecond. */
  readonly look_every_ms: number;
  /** From the connection, or the first byte of its next request, to the last header. */
  readonly headers_ms: number;
  /** For a body, or an import, that waits unread for room. After it the sender is refused, and may send again. */
  readonly room_ms: number;
  /** Nothing came of a body for so long: a network that is this bad has broken the connection. */
  readonly body_silence_ms: number;
  /** After this time a body must have come at `least_bytes_per_s` on average: only attackers send more slowly. */
  readonly body_grace_ms: number;
  /** The largest body needs 112 KB a second for it; a smaller one may take as long. */
  readonly body_total_ms: number;
  /**
   * The same for a stranger's body: its 64 KiB come in one train of packets, and anybody who knows a server code could fill the
   * room of its operation.
   */
  readonly stranger_silence_ms: number;
  readonly stranger_total_ms: number;
  /** For an import: it may come through a pipe from a slow export, and it has no deadline of its own. */
  readonly import_silence_ms: number;
  /** While others wait for its place, an import must have come at `least_bytes_per_s` over so long. */
  readonly import_recent_ms: number;
  /** Nothing of a reply was taken for so long. */
  readonly reader_silence_ms: number;
  readonly reader_grace_ms: number;
  /** As long as a streamed table may hold a session of the engine. */
  readonly reader_total_ms: number;
  /** Bytes a second, on average, of bodies and of replies. */
  readonly least_bytes_per_s: number;
  /** After a refusal, what is still being sent is read and thrown away for so long, so that its sender can see the reply. */
  readonly drain_ms: number;
}

export const PATIENCE: Patience = {
  look_every_ms: 1_000,
  headers_ms: 15_000,
  room_ms: 10_000,
  body_silence_ms: 15_000,
  body_grace_ms: 15_000,
  body_total_ms: 300_000,
  stranger_silence_ms: 2_000,
  stranger_total_ms: 10_000,
  import_silence_ms: 60_000,
  import_recent_ms: 60_000,
  reader_silence_ms: 30_000,
  reader_grace_ms: 60_000,
  reader_total_ms: 600_000,
  least_bytes_per_s: 1_024,
  drain_ms: 30_000,
};
