import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from '../usage-error.js';
import { writeWhole } from '../write-whole.js';

/**
 * Bytes before a position that tell its file from another file that took its place. They are some twenty lines of a dialer,
 * each with its own second and call key, so two files do not share them.
 */
export const FINGERPRINT_BYTES = 4 * 1024;

const positionSchema = z.strictObject({
  /** Device and inode as decimal digits, because they can be too large for a number. */
  device: z.string().regex(/^\d+$/),
  inode: z.string().regex(/^\d+$/),
  /** The file's modification time when this position was read, in milliseconds since 1970 UTC. */
  written_at_ms: z.int().min(0),
  /** Bytes from the file's beginning that the server has acknowledged. They are whole lines, unless the file has ended. */
  offset: z.int().min(0),
  /** SHA-256 in hex of the last FINGERPRINT_BYTES before `offset`, or of all bytes if there are fewer. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});
/** A position in a file that is followed. */
export type Position = z.output<typeof positionSchema>;

const stateSchema = z.strictObject({
  version: z.literal(1),
  format: z.string(),
  campaign_id: z.string(),
  position: positionSchema,
});

export function fingerprintOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** How many bytes before an offset its fingerprint covers. */
export function fingerprintLength(offset: number): number {
  return Math.min(offset, FINGERPRINT_BYTES);
}

/** What the position belongs to. Another format or campaign starts from the beginning, with its own state file. */
export interface Subject {
  readonly format: string;
  /** The campaign of the import; '' if the records name theirs. */
  readonly campaign_id: string;
}

/** The file that keeps a position across restarts. */
export class PositionFile {
  readonly #path: string;
  readonly #subject: Subject;

  constructor(path: string, subject: Subject) {
    this.#path = path;
    this.#subject = subject;
  }

  /** Undefined if nothing was followed yet. @throws UsageError when the file is of another feed, or not a position */
  async load(): Promise<Position | undefined> {
    const text = await this.#text();
    if (text === undefined) return undefined;
    const state = stateSchema.safeParse(asJson(text));
    if (!state.success) {
      throw new UsageError(
        `${this.#path} is not a position file of recuento. Choose another with --state, or delete it to begin ` +
          'again with the first line (what the server knows already stays as it is).',
      );
    }
    const { format, campaign_id, position } = state.data;
    if (format !== this.#subject.format || campaign_id !== this.#subject.campaign_id) {
      throw new UsageError(
        `${this.#path} belongs to format ${format} and campaign ${campaign_id || '(none)'}. Choose another with --state.`,
      );
    }
    return position;
  }

  /** Written whole or not at all, even if the machine goes down. @throws UsageError when it can't be written */
  async save(position: Position): Promise<void> {
    const draft = `${this.#path}.draft`;
    const text = `${JSON.stringify({ version: 1, ...this.#subject, position })}\n`;
    try {
      await writeWhole(this.#path, draft, [text], 0o600);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UsageError(`${this.#path} can't be written: ${reason}. Choose another place with --state.`);
    }
  }

  async #text(): Promise<string | undefined> {
    try {
      return await readFile(this.#path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      const reason = error instanceof Error ? error.message : String(error);
      throw new UsageError(`${this.#path} can't be read: ${reason}`);
    }
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
