import { describe, expect, test } from 'vitest';
import { otherSearches, readSearch } from './telephone-search.js';

describe('the search box', () => {
  test.each([
    ['', { kind: 'all' }],
    ['  ', { kind: 'all' }],
    ['*', { kind: 'all' }],
    ['57300*', { kind: 'part', prefix: '57300' }],
    ['*1234567', { kind: 'part', suffix: '1234567' }],
    ['573*67', { kind: 'part', prefix: '573', suffix: '67' }],
    [' 573001234567 ', { kind: 'whole', telephone: '573001234567' }],
    ['+57 300', { kind: 'whole', telephone: '+57 300' }],
    ['<img src=x>', { kind: 'whole', telephone: '<img src=x>' }],
    ['*12*', { kind: 'unclear' }],
    ['1*2*3', { kind: 'unclear' }],
  ])('%j', (text, search) => expect(readSearch(text)).toEqual(search));

  test('where a whole telephone is not found, its beginning and end may be', () => {
    expect(otherSearches('3001234567')).toEqual(['3001234567*', '*3001234567']);
  });

  test('and the same digits without what people write between them', () => {
    expect(otherSearches('+57 (300) 123-45.67')).toEqual([
      '+573001234567',
      '+57 (300) 123-45.67*',
      '*+57 (300) 123-45.67',
    ]);
    expect(otherSearches('---')).toEqual(['---*', '*---']);
  });
});
