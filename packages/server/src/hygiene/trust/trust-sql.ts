import type { SqlParams } from '../../attempts/engine/engine.js';
import { numberList, textList } from '../sql-lists.js';
import { NETWORK_CHARS } from './lines.js';
import type { TrustModel } from './model.js';
import { SOURCE } from './sources.js';

const DAY_S = 86_400;
/** Days since 1970 have fewer bits than this, until the year 2149. */
const DAY_BITS = 16;

/** SQL over the columns of an attempt. */
export interface TrustSql {
  /**
   * How often the attempt's source or network says of living lines that do not answer that their number is invalid; from 0 to 1.
   */
  readonly lie: string;
  readonly params: SqlParams;
}

/** What was learned of sources, their days and networks, as SQL. */
export function trustSql({ usual_lie, sources, networks }: TrustModel): TrustSql {
  const names = [...sources.keys()];
  const days = names.flatMap((name, index) =>
    [...(sources.get(name)?.days ?? [])].map(([day, lie]) => ({
      key: (index + 1) * 2 ** DAY_BITS + day,
      lie,
    })),
  );
  const number = `transform(${SOURCE}, {sources:Array(String)}, arrayEnumerate({sources:Array(String)}), 0)`;
  const day = `toUInt64(intDiv(toUInt32(dialed_at), ${DAY_S}))`;
  const of_source = `arrayElement({source_lies:Array(Float64)}, ${number} + 1)`;
  const of_day = `transform(bitShiftLeft(toUInt64(${number}), ${DAY_BITS}) + ${day}, {day_keys:Array(UInt64)}, {day_lies:Array(Float64)}, ${of_source})`;
  const source_lies = [usual_lie, ...names.map((name) => sources.get(name)?.lie ?? usual_lie)];
  const network = networkSql(networks);
  return {
    lie: `(1 - (1 - ${days.length === 0 ? of_source : of_day}) * (1 - ${network.lie}))`,
    params: {
      ...network.params,
      sources: textList(names.length === 0 ? [''] : names),
      source_lies: numberList(names.length === 0 ? [usual_lie, usual_lie] : source_lies),
      ...(days.length > 0 && {
        day_keys: numberList(days.map(({ key }) => key)),
        day_lies: numberList(days.map(({ lie }) => lie)),
      }),
    },
  };
}

/** The narrowest network of a telephone of which something is known. */
function networkSql(networks: TrustModel['networks']): TrustSql {
  const params: Record<string, string> = {};
  let lie = '0.';
  for (const chars of [0, ...NETWORK_CHARS]) {
    const own = [...networks].filter(([name]) => name.length === chars);
    if (own.length === 0) continue;
    params[`networks_${chars}`] = textList(own.map(([name]) => name));
    params[`network_lies_${chars}`] = numberList(own.map(([, of_network]) => of_network));
    lie = `transform(substringUTF8(telephone, 1, ${chars}), {networks_${chars}:Array(String)}, {network_lies_${chars}:Array(Float64)}, ${lie})`;
  }
  return { lie, params };
}
