import examples from 'libphonenumber-js/examples.mobile.json';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { hasNumberPlan, lineOf, numberPlanOf } from './number-plan.js';

const COLOMBIA = { country: 'CO', dial_prefixes: ['9', '00', '#31#'] };

test('spellings of one line come to its international form, and nothing else does', () => {
  const toLine = lineOf(numberPlanOf(COLOMBIA));
  for (const spelling of [
    '3001234567',
    '573001234567',
    '+573001234567',
    '03001234567',
    '93001234567',
    '9573001234567',
    '9+573001234567',
    '00573001234567',
    '#31#3001234567',
  ])
    expect([spelling, toLine(spelling)]).toEqual([spelling, '+573001234567']);
  for (const other of [
    '300123456', // too short
    '30012345678',
    '99573001234567', // a prefix twice
    '8573001234567', // a prefix that is not declared
    '+34600123456', // another country's
    '57 3001234567',
    '3001234567\n',
    '٣٠٠١٢٣٤٥٦٧',
    '',
    '123',
  ])
    expect([other, toLine(other)]).toEqual([other, other]);
});

test('where a telephone can be read in two ways, the shortest beginning is left off', () => {
  const toLine = lineOf(numberPlanOf({ country: 'DE', dial_prefixes: ['9'] }));
  // 9… is a number of its own there.
  expect(toLine('93012345678')).toBe('+4993012345678');
  expect(toLine('9+493012345678')).toBe('+493012345678');
  // Of two prefixes the shorter one, in whatever order they are declared.
  for (const dial_prefixes of [
    ['#', '#1'],
    ['#1', '#'],
  ])
    expect(lineOf(numberPlanOf({ country: 'DE', dial_prefixes }))('#12555555')).toBe('+4912555555');
});

test('nothing is merged where nothing is declared', () => {
  expect(numberPlanOf(null)).toBeUndefined();
  expect(lineOf(undefined)('573001234567')).toBe('573001234567');
  expect([hasNumberPlan('CO'), hasNumberPlan('ZZ'), hasNumberPlan('AQ')]).toEqual([true, false, false]);
  expect(numberPlanOf({ country: 'ZZ', dial_prefixes: [] })).toBeUndefined();
});

test('in every country each spelling that libphonenumber calls valid is of the line that it says', () => {
  let agreed = 0;
  for (const country of getCountries()) {
    const plan = numberPlanOf({ country, dial_prefixes: [] });
    const example = getExampleNumber(country, examples);
    if (plan === undefined || example === undefined) throw new Error(`nothing is known of ${country}`);
    for (const beginning of plan.beginnings) {
      const spelling = beginning + example.nationalNumber;
      const read = parsePhoneNumberFromString(spelling, country);
      if (!read?.isValid()) continue;
      expect([spelling, lineOf(plan)(spelling)]).toEqual([spelling, read.number]);
      agreed += 1;
    }
  }
  expect(agreed).toBeGreaterThan(2.5 * getCountries().length);
});
