import type { Tally } from '../joining/tally.js';
import type { Leg } from '../reading/leg.js';
import type { Settle } from '../rows/spanning.js';

interface Takers {
  readonly leg: (leg: Leg, line: number) => void;
  readonly reject: (line: number, reason: string, text: string) => void;
}

/** Counts what became of each record, and passes on its leg, or why it was rejected. */
export function recordResults(tally: Tally, takers: Takers): Settle {
  return (line, text, reading) => {
    if (reading === 'blank') {
      tally.skip('blank_line');
      return;
    }
    switch (reading.kind) {
      case 'leg':
        tally.joined += reading.takes_along ?? 0;
        if (reading.unknown_word !== undefined) tally.unknown_words.add(reading.unknown_word, false);
        tally.dialed(reading.telephone);
        takers.leg(reading, line);
        return;
      case 'held':
        return;
      case 'skipped':
        tally.skip(reading.reason);
        return;
      case 'rejected':
        tally.reject(reading.reason, line);
        if (reading.unknown_word !== undefined) tally.unknown_words.add(reading.unknown_word, true);
        takers.reject(line, reading.reason, text);
    }
  };
}
