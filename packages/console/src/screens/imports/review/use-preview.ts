import { IMPORT_PREVIEW_LIMITS, type ImportPreviewDocument } from '@recuento/contract';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useCalls } from '../../../operation/calls.js';
import type { QueuedFile } from '../sending/file-queue.js';
import { queryOf, type Settings } from './settings.js';

/** Of a file, so much is sent to look at it: some thousand lines, and on a slow line a second. */
const LOOK_BYTES = Math.min(256 * 1024, IMPORT_PREVIEW_LIMITS.max_bytes);
/** Who types is waited for. */
const SETTLED_MS = 400;

export interface Preview {
  readonly query: UseQueryResult<ImportPreviewDocument>;
  /** Whether it is of the settings as they are now. */
  readonly is_current: boolean;
}

/** What an import of this file, set like this, would come to. */
export function usePreview({ id, file }: QueuedFile, settings: Settings): Preview {
  const calls = useCalls();
  const settled = useSettled(settings);
  const { replace, ...asked } = queryOf(settled);
  const query = { ...asked, whole: file.size <= LOOK_BYTES ? 'yes' : undefined };
  const result = useQuery({
    queryKey: [calls.key, 'imports', 'preview', id, query],
    queryFn: ({ signal }) =>
      calls.documentOf<ImportPreviewDocument>('/v1/imports/preview', {
        method: 'POST',
        query,
        file: file.slice(0, LOOK_BYTES),
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return { query: result, is_current: settled === settings && result.isSuccess && !result.isPlaceholderData };
}

/** A value that has not changed for a moment. */
function useSettled<Value>(value: Value): Value {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
