import { describe, expect, test } from 'vitest';
import { DEFAULT_SORT, directionOf, isFiltered, nextSort, queryOf, questionOf } from './question.js';

const WINDOW = { campaign: 'all', from: '2026-11-01T00:00:00-05:00', to: '2026-11-30T23:59:59-05:00' };
const of = (query: string) => questionOf(new URLSearchParams(query));
const asked = (query: string) => queryOf(of(query), WINDOW);

describe('the question of an address', () => {
  test('nothing asks for every telephone, the most machine recognitions first', () => {
    expect(isFiltered(of(''))).toBe(false);
    expect(asked('')).toMatchObject({ campaign_id: 'all', sort: DEFAULT_SORT, from: WINDOW.from });
    expect(asked('')).not.toHaveProperty('telephone_prefix');
  });

  test('filters are sent as the API names them', () => {
    const query = 'last_result=busy&min_total=3&min_dialed=5&max_answered=0&sort=telephone';
    expect(isFiltered(of(query))).toBe(true);
    expect(asked(query)).toMatchObject({
      last_result: 'busy',
      min_total: 3,
      min_dialed: 5,
      max_answered: 0,
      sort: 'telephone',
    });
  });

  test.each([
    'last_result=nonsense',
    'min_total=-1',
    'min_total=1.5',
    'max_answered=4294967296',
    'sort=last_result',
    'sort=--telephone',
    'sort=1%3Bdrop',
  ])('what makes no sense counts as absent: %s', (query) => {
    expect(isFiltered(of(query))).toBe(false);
    expect(asked(query)).toEqual(asked(''));
  });

  test('parts of a telephone are a beginning and an end', () => {
    expect(asked('search=57300*')).toMatchObject({ telephone_prefix: '57300', sort: DEFAULT_SORT });
    expect(asked('search=*67&sort=answered')).toMatchObject({ telephone_suffix: '67', sort: 'answered' });
  });

  test('a whole telephone comes first of what begins and ends with it', () => {
    expect(asked('search=573001&sort=-answered')).toMatchObject({
      telephone_prefix: '573001',
      telephone_suffix: '573001',
      sort: 'telephone',
    });
  });

  test('a search that means nothing asks nothing', () => {
    expect(asked('search=*1*')).toBeUndefined();
  });
});

describe('the order', () => {
  test('of counts begins with the most, and turns', () => {
    expect(nextSort('telephone', 'busy')).toBe('-busy');
    expect(nextSort('-busy', 'busy')).toBe('busy');
    expect(nextSort('busy', 'busy')).toBe('-busy');
  });

  test('of telephones begins with the first, and turns', () => {
    expect(nextSort('-busy', 'telephone')).toBe('telephone');
    expect(nextSort('telephone', 'telephone')).toBe('-telephone');
    expect(nextSort('-telephone', 'telephone')).toBe('telephone');
  });

  test('is told of its column alone', () => {
    expect(directionOf('-busy', 'busy')).toBe('descending');
    expect(directionOf('busy', 'busy')).toBe('ascending');
    expect(directionOf('-busy', 'answered')).toBe('none');
  });
});
