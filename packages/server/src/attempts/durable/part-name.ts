/** A part of a MergeTree, as read from its directory's name: `PARTITION_MIN_MAX_LEVEL[_MUTATION]`. */
export interface PartName {
  readonly partition: string;
  /** Numbers of the first and the last block in it. */
  readonly min: number;
  readonly max: number;
  /** How often its rows were merged; 0 for a part that an insert made. */
  readonly level: number;
  readonly mutation: number;
}

/** Parts that are being made or deleted have a prefix, so they do not match. */
const PART = /^([0-9a-f]+|all)_(\d+)_(\d+)_(\d+)(?:_(\d+))?$/;

/** @returns undefined when the directory is not a part */
export function partNameOf(directory: string): PartName | undefined {
  const [, partition, min, max, level, mutation = 0] = PART.exec(directory) ?? [];
  if (partition === undefined) return undefined;
  return { partition, min: Number(min), max: Number(max), level: Number(level), mutation: Number(mutation) };
}

/** Whether a part was made of another one, perhaps together with more. */
export function isMadeOf(made: PartName, other: PartName): boolean {
  if (made.partition !== other.partition || made.min > other.min || made.max < other.max) return false;
  return made.level > other.level || (made.level === other.level && made.mutation > other.mutation);
}
