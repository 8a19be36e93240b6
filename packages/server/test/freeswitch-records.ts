/** The call of these records: its key and its start, seconds since 1970 UTC. */
export const UUID = '6ac5dc20-90b2-4e2f-a0a4-3d8a2b6c7f10';
export const START_S = Date.UTC(2026, 10, 3, 12) / 1_000;

const CSV_DEFAULTS = {
  caller_id_name: 'Ana',
  caller_id_number: '6015550100',
  destination_number: '573001234567',
  start_stamp: '2026-11-03 12:00:00',
  answer_stamp: '',
  end_stamp: '2026-11-03 12:00:30',
  duration: 30,
  billsec: 0,
  hangup_cause: 'NO_ANSWER',
  uuid: UUID,
  bleg_uuid: '',
};

/** A row as mod_cdr_csv writes it: values pasted between quotes, as they are. */
export function cdrCsv(fields: Partial<typeof CSV_DEFAULTS>, columns: 13 | 15 | 18 = 13): string {
  const row = { ...CSV_DEFAULTS, ...fields };
  const own = [
    row.caller_id_name,
    row.caller_id_number,
    row.destination_number,
    'default',
    row.start_stamp,
    row.answer_stamp,
    row.end_stamp,
    row.duration,
    row.billsec,
    row.hangup_cause,
    row.uuid,
    row.bleg_uuid,
  ];
  const quoted = (values: readonly (string | number)[]) => values.map((value) => `"${value}"`).join(',');
  if (columns === 13) return `${quoted(own)}, "account"`;
  if (columns === 15) return quoted([...own, 'account', 'PCMU', 'PCMU']);
  return quoted([
    'account',
    row.caller_id_number,
    row.destination_number,
    'default',
    `"${row.caller_id_name}" <${row.caller_id_number}>`,
    'sofia/external/573001234567',
    '',
    'park',
    '',
    row.start_stamp,
    row.answer_stamp,
    row.end_stamp,
    row.duration,
    row.billsec,
    row.hangup_cause,
    '3',
    row.uuid,
    '',
  ]);
}

type Variables = Readonly<Record<string, string>>;

/** A record as mod_json_cdr writes it, of a leg to `destination`. */
export function switchCall(
  destination: string,
  variables: Variables,
  { encode = false, start_s = START_S } = {},
): object {
  const all: Variables = {
    direction: 'outbound',
    uuid: UUID,
    hangup_cause: 'NO_ANSWER',
    start_epoch: String(start_s),
    answer_epoch: '0',
    end_epoch: String(start_s + 30),
    start_stamp: '2026-11-03 12:00:00',
    billsec: '0',
    sip_gateway_name: 'north',
    'sip_h_X-Note': '{"a": [1}',
    ...variables,
  };
  return {
    'core-uuid': 'c0ffee00-0000-4000-8000-000000000000',
    switchname: 'fs1',
    channel_data: { state: 'CS_REPORTING', direction: all.direction, flags: '0=1;1=1' },
    callStats: { audio: { inbound: { raw_bytes: 0 } } },
    variables: Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, encode ? encodeURIComponent(value) : value]),
    ),
    app_log: { applications: [{ app_name: 'park', app_data: '' }] },
    callflow: [
      {
        caller_profile: {
          caller_id_name: 'Outbound Call',
          caller_id_number: 'anonymous',
          destination_number: destination,
          uuid: all.uuid,
        },
        times: { created_time: String(start_s * 1_000_000), answered_time: '0' },
      },
    ],
  };
}

export function json(variables: Variables, options: { encode?: boolean; start_s?: number } = {}): object {
  return switchCall('573001234567', variables, options);
}

/** The other leg of the call, seconds later and with a uuid of its own. */
export function bLeg(variables: Variables): object {
  const own = { uuid: 'b1e60000-0000-4000-8000-000000000000', call_uuid: UUID, ...variables };
  return json(own, { start_s: START_S + 2 });
}

const escaped = (text: unknown) =>
  String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The same record as mod_xml_cdr writes it: variables are URL-encoded always, and a list is an element of each. */
export function asXml(record: object, between = '\n  '): string {
  const elements = (fields: object): string =>
    Object.entries(fields)
      .flatMap(([name, value]) => (Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]]))
      .map(([name, value]) => {
        const text = typeof value === 'object' ? elements(value) : escaped(value);
        return `${between}<${name}>${text}</${name}>`;
      })
      .join('');
  const { variables, ...rest } = record as { variables: Record<string, string> };
  const { 'core-uuid': core, switchname, app_log: _, ...others } = rest as Record<string, unknown>;
  const encoded = Object.entries(variables).map(([name, value]) => [
    name,
    /%[0-9A-F]{2}/.test(value) ? value : encodeURIComponent(value),
  ]);
  const log = '<app_log><application app_name="set" app_data="a=&lt;cdr&gt;"></application></app_log>';
  const inside = elements({ variables: Object.fromEntries(encoded), ...others });
  return `<?xml version="1.0"?>\n<cdr core-uuid="${core}" switchname="${switchname}">${log}${inside}</cdr>\n`;
}
