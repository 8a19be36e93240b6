import { IMPORT_PREVIEW_LIMITS, type ImportPreviewDocument } from '@recuento/contract';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useCalls } from '../../../operation/calls.js';
import type { QueuedFile } from '../sending/file-queue.js';
import { isCampaign, isZone, queryOf, type Settings } from './settings.js';

/** Of a file, so much is sent to look at it: some thousand lines, and on a slow line a second. */
const LOOK_BYTES = Math.min(256 * 1024, IMPORT_PREVIEW_LIMITS.max_bytes);
/** Who types is waited for. */
const SETTLED_MS = 400;

export interface Preview {
  readonly query: UseQueryResult<ImportPreviewDocument>;
  /** The last that came. It stays while another is on its way, or where that one failed. */
  readonly last: ImportPreviewDocument | undefined;
  /** Whether it is of the settings as they are now. */
  readonly is_current: boolean;
}

/** What an import of this file, set like this, would come to. */
export function usePreview({ id, file }: QueuedFile, settings: Settings): Preview {
  const calls = useCalls();
  const settled = useSettled(settings);
  const [last, keep] = useState<ImportPreviewDocument>();
  const { replace, ...asked } = queryOf({
    ...settled,
    // What is typed halfway is not sent.
    time_zone: isZone(settled.time_zone) ? settled.time_zone : '',
    campaign_id: isCampaign(settled.campaign_id) ? settled.campaign_id : '',
  });
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
  if (result.data && result.data !== last) keep(result.data);
  return {
    query: result,
    last,
    is_current: settled === settings && result.isSuccess && !result.isPlaceholderData,
  };
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
