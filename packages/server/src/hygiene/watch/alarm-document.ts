import { ALARM_PARTS, ALARM_SENTENCES, ALARM_WORDS, type Language } from '@recuento/contract';
import { instantText } from '../../time/instant-text.js';
import { offsetAt } from '../../time/wall-clock.js';
import { type Alarm, idOf } from './alarm.js';
import { DAY_S } from './counts.js';
import { widthOf } from './places.js';

/** Who reads it. */
export interface Reader {
  readonly language: Language;
  readonly time_zone: string;
}

/** An alarm as it is sent. @param now_s the last moment that it may look at, while it goes on */
export function alarmDocument(alarm: Alarm, now_s: number, reader: Reader) {
  const { kind, trunk, campaign_id, start_s, end_s, told_s, usual, seen, attempts } = alarm;
  return {
    id: idOf(alarm),
    kind,
    trunk,
    campaign_id,
    start: instantText(start_s),
    end: end_s === null ? null : instantText(end_s),
    told_at: instantText(told_s),
    usual,
    seen,
    attempts,
    query: queryOf(alarm, now_s),
    text: textOf(alarm, now_s, reader),
  };
}

/** Subject and body of an e-mail. Times are those of the operation. */
export function textOf(alarm: Alarm, now_s: number, { language, time_zone }: Reader) {
  const { kind, trunk, campaign_id, start_s, end_s, attempts } = alarm;
  const number = (value: number, style: Intl.NumberFormatOptions = {}) =>
    new Intl.NumberFormat(language, style).format(value);
  const share = (value: number) =>
    kind === 'no_attempts' ? number(value) : number(value, { style: 'percent', maximumFractionDigits: 1 });
  const values = {
    kind: ALARM_WORDS[kind][language],
    trunk: trunk ?? '',
    campaign_id: String(campaign_id ?? ''),
    start: wallText(start_s, time_zone),
    end: end_s === null ? '' : wallText(end_s, time_zone),
    usual: share(alarm.usual),
    seen: share(alarm.seen),
    attempts: number(attempts),
    query: queryOf(alarm, now_s),
  };
  const part = (name: keyof typeof ALARM_PARTS) => filled(ALARM_PARTS[name][language], values);
  const place = part(widthOf(alarm));
  const subject = ALARM_PARTS[end_s === null ? 'subject' : 'subject_over'][language];
  const body = [
    filled(ALARM_SENTENCES[kind][language], values),
    part(end_s === null ? 'goes_on' : 'is_over'),
    part('look'),
  ];
  return { subject: filled(subject, { ...values, place }), body: body.join('\n') };
}

/** A call of `/v1/trend` for its place, from a week before on. */
function queryOf({ trunk, campaign_id, start_s, end_s }: Alarm, now_s: number): string {
  const parameters = new URLSearchParams({
    campaign_id: String(campaign_id ?? 'all'),
    from: instantText(start_s - 7 * DAY_S),
    to: instantText(Math.max(start_s, (end_s ?? now_s) - 1)),
    interval: 'hour',
    ...(trunk !== null && { by: 'trunk' }),
  });
  return `/v1/trend?${parameters}`;
}

/** `{name}` is a blank. */
function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (blank, name: string) => values[name] ?? blank);
}

/** As a clock of the operation shows it: 2026-11-03 09:15. */
function wallText(seconds: number, time_zone: string): string {
  const wall = new Date((seconds + offsetAt(seconds, time_zone)) * 1_000);
  return wall.toISOString().slice(0, 16).replace('T', ' ');
}
