/** What is believed of trunks and lines, learned from an operation's own attempts (`estimate.ts`). Shares are from 0 to 1. */
export interface TrustModel {
  /** Lines that were never heard of which are dead. */
  readonly dead_at_first: number;
  /** Of a line that lived, how likely it is to die in a day, and of a dead one, to live again. */
  readonly dies_a_day: number;
  readonly revives_a_day: number;
  /** Beta distribution of how often living lines show life when they are dialed. */
  readonly life: { readonly alpha: number; readonly beta: number };
  /** Attempts at dead lines of which the network says that the number is invalid, and those that fail without such a word. */
  readonly dead_said: { readonly invalid: number; readonly doubtful: number };
  /** Attempts at living lines without a sign of life that fail without the word that the number is invalid. */
  readonly alive_doubtful: number;
  /**
   * Attempts at living lines without a sign of life of which the network says that the number is invalid: by source where it is
   * known, and on some days of a source.
   */
  readonly usual_lie: number;
  readonly sources: ReadonlyMap<string, SourceTrust>;
  /** Networks that lie whatever the trunk, by the leading characters of their telephones. */
  readonly networks: ReadonlyMap<string, number>;
  /** A line whose probability to be dead is at least this is dead. */
  readonly sure_from: number;
}

export interface SourceTrust {
  readonly lie: number;
  /** Weight of the attempts at living lines without a sign of life that this was learned from. */
  readonly learned_from: number;
  /**
   * How many times as often it says so by each word (`wordOf`) when it lies as dead lines are said to be so; absent: as often.
   */
  readonly words?: readonly number[];
  /** Days since 1970 UTC on which it lies more or less than that. */
  readonly days: ReadonlyMap<number, number>;
}
