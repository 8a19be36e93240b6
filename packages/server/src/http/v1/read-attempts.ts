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
  /** Absent: it was not asked to leave any out, and all are there. */
  readonly rejected?: RejectedRecords;
}

/**
 * The attempts of an upload: all of them, or those that are valid. `own` is what results mean that are no machine codes.
 *
 * @throws RecuentoError malformed-body; where none is to be left out, invalid-records with how many faults there are and the
 * first of them
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

/** Nearly all records are read the short way; the schema says what is wrong with the others. */
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

/** The record with the machine code that its own word stands for. What is a machine code already stays what it is. */
function withResult(record: unknown, own: OwnResults): unknown {
  if (typeof record !== 'object' || record === null || !('result' in record)) return record;
  const { result } = record;
  if (typeof result !== 'string' || parseMachineCode(result) !== undefined) return record;
  const trunk = 'trunk' in record && typeof record.trunk === 'string' ? record.trunk : '';
  const code = own.resultOf(result, trunk);
  return code === undefined ? record : { ...record, result: code };
}
