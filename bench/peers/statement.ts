import { MACHINE_RECOGNITIONS, type MachineCode } from '@recuento/contract';
import type { Question } from './questions.js';

/** How a store spells what the report is made of. */
export interface Dialect {
  readonly table: string;
  /** The telephone's column, which the store must compare byte by byte. */
  readonly telephone: string;
  readonly campaign: (campaign_id: number) => string;
  /** The column of the instant, and an instant as the store compares it with that. */
  readonly dialed_at: string;
  readonly instant: (seconds: number) => string;
  /** How many of a group had this result. */
  readonly count: (code: MachineCode) => string;
  /** Has one of the five results. */
  readonly recognized: string;
}

/** `campaign_8` as anybody would write it: one GROUP BY, with the columns of the documented report. */
export function statementOf(question: Question, dialect: Dialect): string {
  const { campaign_id, from_s, until_s, limit } = question;
  const counts = MACHINE_RECOGNITIONS.map((code) => `${dialect.count(code)} AS ${code}`);
  const conditions = [
    ...(campaign_id === undefined ? [] : [dialect.campaign(campaign_id)]),
    `${dialect.dialed_at} >= ${dialect.instant(from_s)}`,
    `${dialect.dialed_at} < ${dialect.instant(until_s)}`,
    dialect.recognized,
  ];
  return (
    `SELECT ${dialect.telephone} AS telephone, count(*) AS total_machine_recognitions, ${counts.join(', ')} ` +
    `FROM ${dialect.table} WHERE ${conditions.join(' AND ')} ` +
    `GROUP BY ${dialect.telephone} ORDER BY ${dialect.telephone}${limit === undefined ? '' : ` LIMIT ${limit}`}`
  );
}

/** The report's columns. */
export const COLUMNS = ['telephone', 'total_machine_recognitions', ...MACHINE_RECOGNITIONS];

/** `2025-10-01 05:00:00`, of UTC. */
export function utc(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** `'no_answer', 'answer_machine', …`: the five. */
export const RECOGNITIONS = MACHINE_RECOGNITIONS.map((code) => `'${code}'`).join(', ');

/** A JSON row as text, as a line of the check. */
export function lineOfText(text: string): string {
  return lineOf(JSON.parse(text));
}

/** A row that came as JSON, with the columns in the report's order, as the lines of the check have them. */
export function lineOf(row: unknown): string {
  if (typeof row !== 'object' || row === null) throw new Error('a row is no object');
  return Object.values(row).join('\t');
}
