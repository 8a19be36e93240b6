import type { Judgement } from './judgement.js';

/** The operation's usual rate counts like so many attempts of a telephone. */
const USUAL_ATTEMPTS = 3;
const USUAL_RATE = 0.15;

/** How likely the next attempt reaches a person: how often the last ones did, drawn towards what is usual. */
export function chanceOf(): Pick<Judgement, 'layers' | 'params'> {
  const seen = 'length(j_recent)';
  return {
    layers: [
      [
        `round((1 - dead_now) * (j_people + ${USUAL_ATTEMPTS * USUAL_RATE}) / (${seen} + ${USUAL_ATTEMPTS}), 4) AS v_probability`,
      ],
    ],
    params: {},
  };
}
