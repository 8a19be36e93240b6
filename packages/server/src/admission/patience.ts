/** How long the service waits for others before it turns to somebody else. */
export interface Patience {
  /** How often those who are waited for are looked at: a thousand of them cost less than a millisecond. */
  readonly look_every_ms: number;
  /** From the connection, or the first byte of its next request, to the last header. */
  readonly headers_ms: number;
  /** A body, or an import, that waits unread for room. A sender that waits longer is told so, and may send again. */
  readonly room_ms: number;
  /** Of a body nothing came for so long: a network that is that bad has broken the connection. */
  readonly body_silence_ms: number;
  /** From then on a body must have come at `least_bytes_per_s` on average: below it only attackers send. */
  readonly body_grace_ms: number;
  /** The largest body needs 112 KB a second for it; a smaller one may take as long. */
  readonly body_total_ms: number;
  /** The same of a stranger: 64 KiB come in one train of packets, and who knows a server code may fill its operation's room. */
  readonly stranger_silence_ms: number;
  readonly stranger_total_ms: number;
  /** Of an import: it may be typed by a slow export behind a pipe, and it has no deadline of its own. */
  readonly import_silence_ms: number;
  /** While others wait for its place, an import must have come at `least_bytes_per_s` over so long. */
  readonly import_recent_ms: number;
  /** Of a reply nothing was taken for so long. */
  readonly reader_silence_ms: number;
  readonly reader_grace_ms: number;
  /** As long as a streamed table may hold a session of the engine. */
  readonly reader_total_ms: number;
  /** Bytes a second, on average, of bodies and of replies. */
  readonly least_bytes_per_s: number;
  /** What is still being sent behind a refusal is thrown away for so long, so that its sender can see the reply. */
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
