import * as contract from '@recuento/contract';
import { expect, test } from 'vitest';
import { REPORTS as SERVED } from '../../server/src/reports/registry.js';
import { INFORMATION, REPORTS } from '../src/reports.js';

/** The client has no dependencies, so what it knows of the API is said twice: here both are held together. */
const names = (description: contract.ReportDescription) => description.columns.map(({ name }) => name);

test.each([...SERVED.keys()])('%s has the columns of the service, in their order', (api) => {
  const report = SERVED.get(api);
  if (!report) throw new Error(api);
  const shape = Object.values(REPORTS).find((one) => one.api === api);
  expect(Object.keys(shape?.columns ?? {})).toEqual(names(report.description));
});

test('no report is known that is not served', () => {
  expect(Object.keys(REPORTS).sort()).toEqual([...SERVED.keys()].sort());
});

test('information.php has the columns of the contract', () => {
  expect(INFORMATION.campaigns).toEqual(names(contract.CAMPAIGNS));
  expect(INFORMATION.token_info).toEqual(names(contract.TOKEN_INFO));
});
