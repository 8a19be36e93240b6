import type { SqlParams, SqlValue } from '../../attempts/engine/engine.js';
import { NETWORK_CHARS, WORDS } from './lines.js';
import type { TrustModel } from './model.js';
import { OF_CAMPAIGN, OF_TRUNK, OTHER_SOURCES } from './sources.js';

const DAY_S = 86_400;
/** Days since 1970 have fewer bits than this, until the year 2149. */
const DAY_BITS = 16;

/** What was learned of sources, their days and networks, as SQL. Shares are from 0 to 1. */
export interface TrustSql {
  /**
   * How often a source says of living lines that do not answer that their number is invalid.
   *
   * @param source SQL of its number, as `numbersOf` has it; 0 for others
   * @param second SQL of the second of the attempt
   */
  readonly sourceLies: (source: string, second: string) => string;
  /**
   * How many times as often a source says a word when it lies as dead lines are said to be so.
   *
   * @param word SQL of the word's number (`wordOf`)
   */
  readonly wordRatio: (source: string, word: string) => string;
  /** How often the network of the line does so, whatever the source. */
  readonly network_lies: string;
  readonly params: SqlParams;
}

/** @param digits SQL whose first characters tell the network */
export function trustSql({ usual_lie, sources, networks }: TrustModel, digits: string): TrustSql {
  const names = [...sources.keys()].filter((name) => name !== OTHER_SOURCES);
  const by_number = [OTHER_SOURCES, ...names].map((name) => sources.get(name));
  const days = by_number.flatMap((source, number) =>
    Array.from(source?.days ?? [], ([day, lie]) => ({ key: number * 2 ** DAY_BITS + day, lie })),
  );
  const network = networkSql(networks, digits);
  return {
    sourceLies: (source, second) => {
      const of_source = `arrayElement({source_lies:Array(Float64)}, toUInt32(${source}) + 1)`;
      if (days.length === 0) return of_source;
      const key = `toUInt64(${source}) * ${2 ** DAY_BITS} + intDiv(${second}, ${DAY_S})`;
      return `transform(${key}, {day_keys:Array(UInt64)}, {day_lies:Array(Float64)}, ${of_source})`;
    },
    wordRatio: (source, word) =>
      `arrayElement({word_ratios:Array(Float64)}, toUInt32(${source}) * ${WORDS} + ${word} + 1)`,
    network_lies: network.lies,
    params: {
      ...network.params,
      ...numbersOf(names),
      source_lies: by_number.map((source) => source?.lie ?? usual_lie),
      word_ratios: by_number.flatMap((source) => source?.words ?? ALIKE),
      ...(days.length > 0 && {
        day_keys: days.map(({ key }) => key),
        day_lies: days.map(({ lie }) => lie),
      }),
    },
  };
}

/**
 * The numbers of sources, from 1 in the order of their names, as two pairs of lists: trunks, and campaigns where no trunk is told.
 * The engine takes no empty list, so each begins with what no attempt has.
 */
function numbersOf(names: readonly string[]): SqlParams {
  const numbered = names.map((name, at) => ({ name, number: at + 1 }));
  const trunks = numbered.filter(({ name }) => name.startsWith(OF_TRUNK));
  const campaigns = numbered.filter(({ name }) => name.startsWith(OF_CAMPAIGN));
  return {
    source_trunks: ['', ...trunks.map(({ name }) => name.slice(OF_TRUNK.length))],
    source_trunk_numbers: [0, ...trunks.map(({ number }) => number)],
    source_campaigns: [0, ...campaigns.map(({ name }) => Number(name.slice(OF_CAMPAIGN.length)))],
    source_campaign_numbers: [0, ...campaigns.map(({ number }) => number)],
  };
}

/** Each word as often by liars as of dead lines. */
const ALIKE: readonly number[] = Array.from({ length: WORDS }, () => 1);

/** The narrowest network of a telephone of which something is known. */
function networkSql(
  networks: TrustModel['networks'],
  digits: string,
): { readonly lies: string; readonly params: SqlParams } {
  const params: Record<string, SqlValue> = {};
  let lies = 'toFloat64(0)';
  for (const chars of [0, ...NETWORK_CHARS]) {
    const own = [...networks].filter(([name]) => [...name].length === chars);
    if (own.length === 0) continue;
    params[`networks_${chars}`] = own.map(([name]) => name);
    params[`network_lies_${chars}`] = own.map(([, of_network]) => of_network);
    lies = `transform(substringUTF8(${digits}, 1, ${chars}), {networks_${chars}:Array(String)}, {network_lies_${chars}:Array(Float64)}, ${lies})`;
  }
  return { lies, params };
}
