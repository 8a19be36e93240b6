import {
  DEFAULT_LIMITS,
  LIMIT_BOUNDS,
  type OperationDocument,
  operationPatchSchema,
} from '@recuento/contract';
import { expect, test } from 'vitest';
import {
  boundsOf,
  changedIn,
  type Draft,
  draftOf,
  faultOf,
  patchOf,
  SETTING_GROUPS,
  type SettingGroup,
  type SettingName,
} from './settings.js';

const OPERATION: OperationDocument = {
  server: '0042',
  name: 'Demo',
  licences: 10,
  time_zone: 'America/Bogota',
  reply_profile: { code: 'number', empty_status: 404 },
  limits: DEFAULT_LIMITS,
  words: {},
  numbering: { country: 'CO', dial_prefixes: ['9', '00'] },
};
const BEFORE = draftOf(OPERATION);
const GROUPS = Object.keys(SETTING_GROUPS).filter((name): name is SettingGroup => name in SETTING_GROUPS);
const NAMES: readonly SettingName[] = GROUPS.flatMap((group) => SETTING_GROUPS[group]);

function changedTo(parts: Partial<Draft>) {
  const draft = { ...BEFORE, ...parts };
  const changed = GROUPS.flatMap((group) => changedIn(group, BEFORE, draft));
  return { draft, changed, patch: patchOf(changed, draft) };
}

test('what an operation has is without faults, and nothing of it is sent', () => {
  for (const name of NAMES) expect(faultOf(name, BEFORE), name).toBeUndefined();
  expect(changedTo({})).toMatchObject({ changed: [], patch: {} });
});

test.each<[Partial<Draft>, unknown]>([
  [{ name: ' Otra ' }, { name: 'Otra' }],
  [
    { licences: '12', max_rows: '100000' },
    { licences: 12, limits: { max_rows: 100_000 } },
  ],
  [{ max_call_ms: '0.1' }, { limits: { max_call_ms: 100 } }],
  [{ max_call_ms: '90,5' }, { limits: { max_call_ms: 90_500 } }],
  [{ max_reply_bytes: '512' }, { limits: { max_reply_bytes: 512 * 1024 * 1024 } }],
  [{ code: 'string' }, { reply_profile: { code: 'string' } }],
  [{ empty_status: '200' }, { reply_profile: { empty_status: 200 } }],
  [{ dial_prefixes: '9' }, { numbering: { country: 'CO', dial_prefixes: ['9'] } }],
  [{ country: 'mx' }, { numbering: { country: 'MX', dial_prefixes: ['9', '00'] } }],
  [{ country: '', dial_prefixes: '' }, { numbering: null }],
])('%j is sent as %j', (parts, expected) => {
  const { draft, changed, patch } = changedTo(parts);
  for (const name of changed) expect(faultOf(name, draft), name).toBeUndefined();
  expect(patch).toEqual(expected);
  expect(operationPatchSchema.parse(patch)).toEqual(expected);
});

test.each<[SettingName, string, string]>([
  ['name', ' ', 'empty'],
  ['licences', '0', 'bounds'],
  ['licences', '1.5', 'bounds'],
  ['licences', '1e3', 'bounds'],
  ['max_rows', '', 'bounds'],
  ['max_call_ms', '601', 'bounds'],
  ['max_reply_bytes', '0', 'bounds'],
  ['time_zone', 'Bogotá', 'zone'],
  ['time_zone', '+05:00', 'zone'],
  ['country', 'COL', 'country'],
  ['country', '', 'country'],
  ['dial_prefixes', '9, x', 'prefixes'],
])('%s = %j is told to be wrong', (name, value, fault) => {
  expect(faultOf(name, { ...BEFORE, [name]: value })).toBe(fault);
});

test('each bound passes, here and at the service, and one more does not', () => {
  for (const name of SETTING_GROUPS.limits) {
    for (const [at, bound] of (boundsOf(name) ?? []).entries()) {
      const { draft, patch } = changedTo({ [name]: String(bound) });
      expect(faultOf(name, draft), name).toBeUndefined();
      if (String(bound) !== BEFORE[name]) expect(patch.limits?.[name]).toBe(LIMIT_BOUNDS[name][at]);
    }
    const over = { ...BEFORE, [name]: String((boundsOf(name)?.[1] ?? 0) + 1) };
    expect(faultOf(name, over), name).toBe('bounds');
  }
});
