import { expect, test } from 'vitest';
import type { Knowledge } from './knowledge.js';
import { readKnowledge, writeKnowledge } from './knowledge-text.js';

const KNOWLEDGE: Knowledge = {
  until_s: 1_793_000_000,
  faults: [
    { trunk: "o'trunk\\", campaign_id: null, kind: 'outage', start_s: 1, end_s: 61, attempts: 7 },
    {
      trunk: null,
      campaign_id: 2 ** 32 - 1,
      kind: 'wrong_number_format',
      start_s: 2,
      end_s: 62,
      attempts: 8,
    },
  ],
  trust: {
    dead_at_first: 0.1,
    dies_a_day: 1e-7,
    revives_a_day: 1 / 3,
    life: { alpha: 1.5, beta: 1.2 },
    dead_said: { invalid: 0.85, doubtful: 0.03 },
    alive_doubtful: 0.02,
    usual_lie: 0.002,
    sources: new Map([
      ['', { lie: 0.1, learned_from: 0, days: new Map() }],
      ['tsip "1" 😀', { lie: 0.3, learned_from: 12.5, words: [1, 0.03, 2], days: new Map([[20_000, 0.9]]) }],
    ]),
    networks: new Map([['573\\', 0.4]]),
    sure_from: 0.9985,
  },
  number_plan: { country_code: '+57', beginnings: ['', '+57', '57'], pattern: '^(?:57)??(3\\d{9})$' },
  chance: { trained_until_s: 7, campaigns: [1, 2 ** 32 - 1], weights: Float64Array.of(0.1, -1 / 3) },
};

test('what is kept of knowledge comes back as it was', () => {
  expect(readKnowledge(writeKnowledge(KNOWLEDGE))).toEqual(KNOWLEDGE);
  const nothing: Knowledge = {
    until_s: 0,
    faults: [],
    number_plan: undefined,
    trust: { ...KNOWLEDGE.trust, sources: new Map(), networks: new Map() },
    chance: { trained_until_s: 0, campaigns: [], weights: new Float64Array() },
  };
  expect(readKnowledge(writeKnowledge(nothing))).toEqual(nothing);
});
