import {
  type FieldFault,
  RESULT_FIELD,
  RESULT_NAMES,
  RESULT_SPELLINGS,
  RecuentoError,
  recallRecordsQuery,
  recallRecordsSchema,
  resultNamed,
} from '@recuento/contract';
import { z } from 'zod';
import type { Condition } from '../../hygiene/quarantine/records/matching.js';
import { Faults } from '../faults.js';
import { readQuery } from '../read-query.js';
import type { ChangeRecords } from './change-records.js';

/** `recall_records`: what `remove_record` put aside is dialed again, of the customers whose field has a value. */
export function recallRecords(query: unknown): ChangeRecords {
  const { campaign_id } = readQuery(recallRecordsQuery, query);
  return async ({ campaign_records }, { id }, body, asking) => {
    const { condition, value, normalized } = conditionIn(body);
    const matching = { campaign_id, condition };
    const { customers, affected, put_aside } = await campaign_records.recall(id, matching, asking);
    if (customers === 0) return undefined;
    const stay = `, ${put_aside} of their telephones stay put aside for another reason`;
    return {
      msg: `${affected} records were set to be dialed again${put_aside > 0 ? stay : ''}`,
      counts: {
        campaign_id,
        field: condition.field,
        value,
        normalized_value: normalized,
        affected_records: affected,
        telephones_put_aside: put_aside,
      },
    };
  };
}

interface Sent {
  readonly condition: Condition;
  /** As it was sent. */
  readonly value: string;
  readonly normalized: string;
}

/** The value before it is tidied. */
const sentSchema = z.object({ value: z.coerce.string() });

/** @throws RecuentoError invalid-records */
function conditionIn(body: unknown): Sent {
  const parsed = recallRecordsSchema.safeParse(body);
  if (!parsed.success) {
    const faults = new Faults();
    faults.addAll(parsed.error, 0);
    throw faults.error();
  }
  const { field, value } = parsed.data;
  const sent = sentSchema.parse(body).value;
  if (field !== RESULT_FIELD) return { condition: { field, value }, value: sent, normalized: value };
  const code = resultNamed(value);
  if (code === undefined)
    throw invalid({ index: 0, field: 'value', reason: `is none of ${RESULT_NAMES.join(', ')}` });
  return { condition: { field, code }, value: sent, normalized: RESULT_SPELLINGS[code] };
}

function invalid(fault: FieldFault): RecuentoError {
  return new RecuentoError('invalid-records', { values: { count: 1 }, faults: [fault] });
}
