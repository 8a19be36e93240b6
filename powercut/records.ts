/** What the recorder wrote (recorder.c), in its order. */
export const KINDS = [
  'create',
  'write',
  'truncate',
  'sync',
  'rename',
  'link',
  'unlink',
  'mkdir',
  'rmdir',
  'symlink',
  'unknown',
] as const;

export interface DiskRecord {
  readonly kind: (typeof KINDS)[number];
  readonly inode: number;
  /** Of a write; of a rename the inode that was at its goal; of a sync 1 when it begins, 2 when it has ended, 3 when it failed. */
  readonly offset: number;
  /** Of a write; of a truncation the new size; of a rename its flags; of a sync the thread. */
  readonly length: number;
  readonly directory: number;
  readonly name: string;
  /** Where a rename leads. */
  readonly to_directory: number;
  readonly to_name: string;
  /** What was written, where a symbolic link leads, or what was done that is not known. */
  readonly data: Buffer;
  /** Where the record ends in the log. */
  readonly end: number;
}

const NUMBERS = 10;
const HEAD_BYTES = NUMBERS * 8;

/** The whole records of a log; what a kill cut off at its end is none. */
export function* recordsOf(log: Buffer): Generator<DiskRecord> {
  for (let at = 0; at + HEAD_BYTES <= log.length; ) {
    const head = Array.from({ length: NUMBERS }, (_, n) => Number(log.readBigInt64LE(at + n * 8)));
    const [number = 0, inode = 0, offset = 0, length = 0, directory = 0, name_bytes = 0] = head;
    const [to_directory = 0, to_name_bytes = 0, data_bytes = 0] = head.slice(6);
    const name_at = at + HEAD_BYTES;
    const to_name_at = name_at + name_bytes;
    const data_at = to_name_at + to_name_bytes;
    const end = data_at + data_bytes;
    const kind = KINDS[number - 1];
    if (kind === undefined) throw new Error(`the log has no record at byte ${at}`);
    if (end > log.length) return;
    yield {
      kind,
      inode,
      offset,
      length,
      directory,
      name: log.toString('utf8', name_at, to_name_at),
      to_directory,
      to_name: log.toString('utf8', to_name_at, data_at),
      data: log.subarray(data_at, end),
      end,
    };
    at = end;
  }
}
