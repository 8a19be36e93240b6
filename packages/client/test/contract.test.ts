import * as contract from '@recuento/contract';
import { expect, test } from 'vitest';
import { INFORMATION, REPORTS } from '../src/reports.js';

/** The client has no dependencies, so what it knows of the API is said twice: here both are held together. */
const names = (description: contract.ReportDescription) => description.columns.map(({ name }) => name);

test.each([
  contract.CAMPAIGN_1,
  contract.CAMPAIGN_3,
  contract.CAMPAIGN_4,
  contract.CAMPAIGN_6,
  contract.CAMPAIGN_7,
  contract.CAMPAIGN_8,
])('$api has the columns of the contract, in their order', (description) => {
  expect(Object.keys(REPORTS[description.api].columns)).toEqual(names(description));
});

test('every report of the contract is there', () => {
  const described = Object.values(contract).flatMap((value) =>
    typeof value === 'object' && 'api' in value && 'columns' in value ? [value.api] : [],
  );
  expect([...Object.keys(REPORTS), ...Object.keys(INFORMATION)].sort()).toEqual(described.sort());
});

test('information.php has the columns of the contract', () => {
  expect(INFORMATION.campaigns).toEqual(names(contract.CAMPAIGNS));
  expect(INFORMATION.token_info).toEqual(names(contract.TOKEN_INFO));
});
