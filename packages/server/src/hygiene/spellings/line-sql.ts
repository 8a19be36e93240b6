import type { SqlParams } from '../../attempts/engine/engine.js';
import type { NumberPlan } from './number-plan.js';

/**
 * How statements bring the spellings of a line together. They group attempts by `key`; where nothing is declared that is the
 * telephone, whose groups the engine closes as it reads on.
 */
export interface LineSql {
  /** Over the column `telephone`: the line that it is a spelling of, as `lineOf` makes it. */
  readonly line: string;
  /** The name of the value that attempts are grouped by. */
  readonly key: string;
  /** Selects that value. */
  readonly key_as: string;
  /** Over the key: the digits whose first ones tell the line's network. */
  readonly network: string;
  /** Whether lines have more than one spelling. */
  readonly are_merged: boolean;
  /**
   * A condition on the column `telephone`: it is one of those that a SELECT has, or may be another spelling of one. So whoever groups
   * by line has all attempts of their lines; of other lines some attempts may be among them.
   *
   * @param telephones a SELECT of `telephone`
   */
  readonly isSpellingOf: (telephones: string) => string;
  /** A row for each way to write a line, those that nobody uses among them. @param line the name of a value */
  readonly eachSpelling: (line: string) => string;
  readonly params: SqlParams;
}

/** @param plan undefined: each telephone is a line of its own */
export function lineSql(plan: NumberPlan | undefined): LineSql {
  if (plan === undefined) return EACH_ITS_OWN;
  const national = 'extract(telephone, {line_pattern:String})';
  const line = `if(empty(${national}), telephone, concat({line_country_code:String}, ${national}))`;
  return {
    line,
    key: 'j_line',
    key_as: `${line} AS j_line`,
    network: withoutPlus('j_line'),
    are_merged: true,
    isSpellingOf: (telephones) =>
      `telephone IN (SELECT ${eachSpelling('l_line')} FROM (SELECT ${line} AS l_line FROM (${telephones})))`,
    eachSpelling,
    params: {
      line_pattern: plan.pattern,
      line_country_code: plan.country_code,
      line_beginnings: plan.beginnings,
    },
  };
}

const withoutPlus = (text: string) => `if(startsWith(${text}, '+'), substring(${text}, 2), ${text})`;

const EACH_ITS_OWN: LineSql = {
  line: 'telephone',
  key: 'telephone',
  key_as: 'telephone',
  network: withoutPlus('telephone'),
  are_merged: false,
  isSpellingOf: (telephones) => `telephone IN (${telephones})`,
  eachSpelling: (line) => line,
  params: {},
};

function eachSpelling(line: string): string {
  const national = `substring(${line}, length({line_country_code:String}) + 1)`;
  return `arrayJoin(if(startsWith(${line}, {line_country_code:String}),
    arrayMap(beginning -> concat(beginning, ${national}), {line_beginnings:Array(String)}), [${line}]))`;
}

/** The attempts of the line of `{telephone:String}`, as conditions over the column `telephone`. */
export function ofOneLine({ are_merged, isSpellingOf, line }: LineSql): {
  /** By the key: no attempt of it is left out. */
  readonly in_key: string;
  /** No attempt of another is left in. */
  readonly exactly: string;
} {
  if (!are_merged) return { in_key: 'telephone = {telephone:String}', exactly: '1' };
  const one = 'SELECT {telephone:String} AS telephone';
  return { in_key: isSpellingOf(one), exactly: `${line} = (SELECT ${line} FROM (${one}))` };
}
