import { MACHINE_CODES, MACHINE_CODES_COLUMNS, type MachineCode } from '@recuento/contract';
import type { Sent } from '../../api/call.js';
import { readSearch } from './telephone-search.js';

/** What the table shows, beside the period and the campaign. All of it is in the address. */
export interface Question {
  /** As it was typed. */
  readonly search: string;
  readonly last_result: MachineCode | undefined;
  readonly min_total: number | undefined;
  readonly min_dialed: number | undefined;
  readonly max_answered: number | undefined;
  /** The name of a column, with a `-` before it where it descends. */
  readonly sort: string;
}

/** The telephones that cost most dials come first. */
export const DEFAULT_SORT = '-total_machine_recognitions';

/** The names that filters have in the address: without them, the table shows every telephone. */
export const FILTERS = ['search', 'last_result', 'min_total', 'min_dialed', 'max_answered'] as const;
export type FilterName = (typeof FILTERS)[number];

/** The largest count that may be asked for. */
export const COUNT_MAX = 2 ** 32 - 1;

/** The question of an address. What makes no sense in it counts as absent. */
export function questionOf(params: URLSearchParams): Question {
  const sort = params.get('sort') ?? '';
  return {
    search: params.get('search') ?? '',
    last_result: MACHINE_CODES.find((code) => code === params.get('last_result')),
    min_total: countOf(params.get('min_total')),
    min_dialed: countOf(params.get('min_dialed')),
    max_answered: countOf(params.get('max_answered')),
    sort: isSortable(sort.replace(/^-/, '')) ? sort : DEFAULT_SORT,
  };
}

/** A count as people and addresses write it. */
export function countOf(text: string | null): number | undefined {
  if (text === null || !/^\d{1,10}$/.test(text)) return undefined;
  const count = Number(text);
  return count <= COUNT_MAX ? count : undefined;
}

export function isSortable(name: string): boolean {
  return MACHINE_CODES_COLUMNS.some((column) => column.name === name && column.kind !== 'machine_code');
}

/** Whether anything but the order was asked for. */
export function isFiltered({ search, sort: _sort, ...filters }: Question): boolean {
  return readSearch(search).kind !== 'all' || Object.values(filters).some((value) => value !== undefined);
}

interface Asked {
  readonly campaign: string;
  readonly from: string;
  readonly to: string;
}

/** The question as the API takes it. Undefined where the search means nothing. */
export function queryOf(
  { search, sort, ...filters }: Question,
  { campaign, from, to }: Asked,
): NonNullable<Sent['query']> | undefined {
  const asked = readSearch(search);
  const rest = { campaign_id: campaign, from, to, ...filters };
  switch (asked.kind) {
    case 'all':
      return { ...rest, sort };
    case 'part':
      return { ...rest, sort, telephone_prefix: asked.prefix, telephone_suffix: asked.suffix };
    case 'whole':
      // Of what begins and ends with it, the telephone itself is the first one in their order.
      return {
        ...rest,
        sort: 'telephone',
        telephone_prefix: asked.telephone,
        telephone_suffix: asked.telephone,
      };
    case 'unclear':
      return undefined;
  }
}

/** The order after a click on a heading: what is counted begins with the most of it, telephones with the first. */
export function nextSort(sort: string, name: string): string {
  const [ascending, descending] = [name, `-${name}`];
  if (name === 'telephone') return sort === ascending ? descending : ascending;
  return sort === descending ? ascending : descending;
}

/** As `aria-sort` has it. */
export function directionOf(sort: string, name: string): 'ascending' | 'descending' | 'none' {
  if (sort === name) return 'ascending';
  return sort === `-${name}` ? 'descending' : 'none';
}
