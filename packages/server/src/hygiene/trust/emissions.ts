/** How likely each attempt of a line is, if the line lives and if it is dead, and how likely it changed since the one before. */
export interface Emissions {
  readonly alive: Float64Array;
  readonly dead: Float64Array;
  readonly dies: Float64Array;
  readonly revives: Float64Array;
  readonly dead_at_first: number;
}
