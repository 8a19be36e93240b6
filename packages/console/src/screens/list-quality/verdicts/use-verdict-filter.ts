import { VERDICTS, type Verdict } from '@recuento/contract';
import { useWhere } from '../../../where/where.js';

/** The verdict of the address: only telephones with it are listed. Undefined: all of them. */
export function useVerdictFilter(): Verdict | undefined {
  const { params } = useWhere();
  return VERDICTS.find((verdict) => verdict === params.get('verdict'));
}
