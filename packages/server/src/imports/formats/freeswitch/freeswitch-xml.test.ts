import { expect, test } from 'vitest';
import { asXml, bLeg, json, UUID } from '../../../../test/freeswitch-records.js';
import { freeswitchJson } from './freeswitch-json.js';
import { freeswitchXml } from './freeswitch-xml.js';

const read = freeswitchXml.open({ time_zone: 'UTC' });
const readJson = freeswitchJson.open({ time_zone: 'UTC' });

test.each([
  ['an a-leg', json({ call_uuid: UUID, hangup_cause: 'USER_BUSY' })],
  ['a b-leg', bLeg({ originating_leg_uuid: UUID, sip_term_status: '503' })],
  ['AMD, encoded', json({ answer_epoch: '1793707201', amd_result: 'MACHINE' }, { encode: true })],
  ['a call that came in', json({ direction: 'inbound' })],
  ['a leg to a telephone of the house', json({ sip_gateway_name: '', dialed_user: '1001' })],
  ['no cause', json({ hangup_cause: '' })],
  ['no time', json({}, { start_s: 0 })],
])('%s: what mod_json_cdr would say of it', (_, record) => {
  for (const between of ['', '\n    '])
    expect(read(asXml(record, between))).toEqual(readJson(JSON.stringify(record)));
});

test('values are decoded once', () => {
  const text = asXml(json({ sip_gateway_name: 'north (100% sure) & <south>' }));
  expect(text).toContain('north%20(100%25%20sure)%20%26%20%3Csouth%3E');
  expect(read(text)).toMatchObject({ trunk: 'north (100% sure) & <south>' });
});

test('the newest call flow counts, and nothing of an originator or originatee', () => {
  const older =
    '<callflow><caller_profile><destination_number>573009999999</destination_number></caller_profile></callflow>';
  const other =
    '<originatee><originatee_caller_profile><destination_number>573008888888</destination_number></originatee_caller_profile></originatee>';
  const text = asXml(json({}))
    .replace('<caller_profile>', `<caller_profile>${other}`)
    .replace('</cdr>', `${older}</cdr>`);
  expect(read(text)).toMatchObject({ telephone: '573001234567' });
});

test('names of variables that are no names of XML are passed over', () => {
  const odd =
    '<5>x</5><set api_hangup_hook>y</set api_hangup_hook><^^,default_language>en</^^,default_language>';
  const text = asXml(json({})).replace('<variables>', `<variables>${odd}`);
  expect(read(text)).toMatchObject({ kind: 'leg', telephone: '573001234567' });
});

const ENTITIES = '<!DOCTYPE cdr [<!ENTITY a "573001234567"><!ENTITY b "&a;&a;&a;&a;">]>';
test.each([
  ['a document type', `<cdr>${ENTITIES}<variables/></cdr>`],
  ['an entity', asXml(json({})).replace('573001234567', '&b;')],
  ['a document type before it', `${ENTITIES}${asXml(json({}))}`],
  ['tags that do not match', '<cdr><variables></cdr></variables>'],
  ['an attribute twice', '<cdr a="1" a="2"><variables/></cdr>'],
  ['no variables', '<cdr></cdr>'],
  ['nothing', ''],
  ['no XML', 'hello'],
])('%s: rejected', (_, text) => {
  expect(read(text)).toMatchObject({ kind: 'rejected' });
});

test('elements and attributes up to the limit', () => {
  const attributes = (count: number) => Array.from({ length: count }, (_, at) => `a${at}=""`).join(' ');
  const told = (count: number) => `<cdr><variables><a ${attributes(count)}/></variables></cdr>`;
  expect(read(told(9_997))).toEqual({ kind: 'rejected', reason: 'start_epoch is no time' });
  expect(read(told(9_998))).toEqual({ kind: 'rejected', reason: 'it has more than 10000 elements' });
});

test('elements up to the limit', () => {
  const document = (elements: number) => `<cdr><variables>${'<a/>'.repeat(elements - 2)}</variables></cdr>`;
  expect(read(document(10_000))).toEqual({ kind: 'rejected', reason: 'start_epoch is no time' });
  expect(read(document(10_001))).toEqual({ kind: 'rejected', reason: 'it has more than 10000 elements' });
});

test('it is recognised by its beginning, and not mistaken for a web page', () => {
  const why = (text: string) => freeswitchXml.recognise?.({ text, lines: text.split('\n') });
  const text = asXml(json({}));
  for (const one of [text, `\ufeff${text}`, `\x1e${text}`, text.replace(/^.*\n/, '')]) {
    expect(why(one)).toBe('XML with cdr and variables');
  }
  for (const other of ['<html><cdr></html>', `"${text}"`, '<cdrs></cdrs>', ''])
    expect(why(other)).toBeUndefined();
});
