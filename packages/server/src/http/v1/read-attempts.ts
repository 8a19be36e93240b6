import {
  type Attempt,
  attemptSchema,
  type OnError,
  type OwnResults,
  parseMachineCode,
  readAttempt,
} from '@recuento/contract';
import { Faults } from '../faults.js';
import type { RecordReader, Records } from '../records/body-records.js';
import { RejectedRecords } from '../rejected-records.js';

interface ReadAttempts {
  readonly attempts: Attempt[];
  /** Absent where the caller did not ask to leave records out: then all of them are valid. */
  readonly rejected?: RejectedRecords;
}

/**
 * Reads the attempts of an upload: all of them, or those that are valid. `own` maps results that are not machine codes.
 *
 * @throws RecuentoError malformed-body; where no record may be left out, invalid-records with the number of faults and
 * the first
 * of them
 */
export async function readAttempts(
  records: Records,
  on_error: OnError,
  own: OwnResults,
): Promise<ReadAttempts> {
  const attempts: Attempt[] = [];
  if (on_error === 'skip') {
    const rejected = new RejectedRecords();
    await records.each({
      read: readerInto(attempts, own, (error, index) => rejected.addInvalid(error, index)),
      pass: (reason, index) => rejected.add(index, reason),
      broken: (index) => rejected.add(index, 'is not JSON'),
    });
    return { attempts, rejected };
  }
  const faults = new Faults();
  await records.each({
    read: readerInto(attempts, own, (error, index) => faults.addAll(error, index)),
    pass: (reason, index) => faults.add({ index, field: '', reason }),
  });
  if (faults.count > 0) throw faults.error();
  return { attempts };
}

type Invalid = NonNullable<ReturnType<typeof attemptSchema.safeParse>['error']>;

/** Nearly all records are read the fast way; the schema finds the faults of the others. */
function readerInto(
  attempts: Attempt[],
  own: OwnResults,
  refuse: (error: Invalid, index: number) => void,
): RecordReader['read'] {
  return (record, index) => {
    const read = readAttempt(record);
    if (read) {
      attempts.push(read);
      return 'short';
    }
    const parsed = attemptSchema.safeParse(own.isEmpty ? record : withResult(record, own));
    if (parsed.success) attempts.push(parsed.data);
    else refuse(parsed.error, index);
    return 'long';
  };
}

/** The record with the machine code of its own word. A result that is already a machine code stays. */
function withResult(record: unknown, own: OwnResults): unknown {
  if (typeof record !== 'object' || record === null || !('result' in record)) return record;
  const { result } = record;
  if (typeof result !== 'string' || parseMachineCode(result) !== undefined) return record;
  const trunk = 'trunk' in record && typeof record.trunk === 'string' ? record.trunk : '';
  const code = own.resultOf(result, trunk);
  return code === undefined ? record : { ...record, result: code };
}
