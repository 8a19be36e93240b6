import { foldSpelling } from '@recuento/contract';
import { type Reading, rejected, skipped } from '../reading/reading.js';

type Direction = 'outbound' | 'inbound' | 'internal';

/** Words for the direction of a call in English, Spanish and Portuguese exports; folded. */
const WORDS: ReadonlyMap<string, Direction> = new Map<string, Direction>([
  ...spelled(
    'outbound',
    'outbound, out, outgoing, outbound-api, outbound-dial, trunking-terminating, dialed',
  ),
  ...spelled('outbound', 'saliente, salientes, salida, llamada saliente, realizada, saída, saida'),
  ...spelled('inbound', 'inbound, in, incoming, trunking-originating, received'),
  ...spelled('inbound', 'entrante, entrantes, entrada, llamada entrante, recibida'),
  ...spelled('internal', 'internal, local, extension, interna, interno, internas, llamada interna'),
]);

const LEFT_OUT = { inbound: skipped('inbound'), internal: skipped('internal') } as const;

/**
 * What happens to a row because of its declared direction; undefined where it was dialed out, or declares none. A row
 * with an unknown word is rejected: the word is never taken for a known one.
 */
export function byDirection(word: string): Reading | undefined {
  if (word === '') return undefined;
  const direction = WORDS.get(foldSpelling(word));
  if (direction === undefined) return rejected('direction is no word for outbound, inbound or internal');
  return direction === 'outbound' ? undefined : LEFT_OUT[direction];
}

function spelled(direction: Direction, words: string): [string, Direction][] {
  return words.split(',').map((word) => [foldSpelling(word.trim()), direction]);
}
