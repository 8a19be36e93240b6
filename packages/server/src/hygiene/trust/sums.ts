/** What a walk over all lines adds up, from which the next rates are made. Each number is a weight in attempts, lines or days. */
export class Sums {
  lines = 0;
  dead_at_first = 0;
  alive_days = 0;
  deaths = 0;
  dead_days = 0;
  revivals = 0;
  /** Attempts at living lines, those that show life, pairs of attempts that follow each other, and those of which both show life. */
  alive_attempts = 0;
  lively = 0;
  pairs = 0;
  lively_pairs = 0;
  dead_attempts = 0;
  dead_invalid = 0;
  dead_doubtful = 0;
  alive_quiet = 0;
  alive_doubtful = 0;
}
