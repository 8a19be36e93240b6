/** How well the probabilities foretold what happened. */
export function Calibration() {
  return null;
}
