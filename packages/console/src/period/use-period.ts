import { useEffect, useMemo, useState } from 'react';
import { useOperation } from '../operation/operation.js';
import { useWhere } from '../where/where.js';
import { type Period, periodOf } from './period.js';

const MINUTE_MS = 60_000;

/** The period of the address. One that ends today goes on with the operation's next day. */
export function usePeriod(): Period {
  const { time_zone } = useOperation();
  const { params } = useWhere();
  const minute_ms = useMinute();
  const period = periodOf(params, time_zone, minute_ms);
  // The same period is the same object: it is part of what queries are known by.
  // biome-ignore lint/correctness/useExhaustiveDependencies: its first and last second are all of it
  return useMemo(() => period, [period.preset, period.from, period.to]);
}

function useMinute(): number {
  const [minute_ms, setMinute] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setMinute(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return minute_ms;
}
