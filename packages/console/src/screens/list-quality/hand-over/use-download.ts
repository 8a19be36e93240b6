import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { saveFile } from '../../../charts/save-picture.js';
import { useCalls } from '../../../operation/calls.js';
import type { Asked } from './asked.js';
import { fileNameOf } from './dialers.js';
import { type Received, readWhole } from './read-part.js';

interface Saved extends Received {
  readonly file: string;
  readonly page: number;
  /** Where the next page begins; undefined: this was the last, or all. */
  readonly next: string | undefined;
}

/** The cursor in the header `Link`: `<?format=…&cursor=…>; rel="next"`. */
export function nextCursor(link: string | null): string | undefined {
  const [, query] = /^<\?([^>]*)>; rel="next"$/.exec(link ?? '') ?? [];
  return (query && new URLSearchParams(query).get('cursor')) || undefined;
}

/** Downloads a file whole and saves it; one that breaks off is not saved. Pages come one at a time. */
export function useDownload({ dialer, query }: Asked) {
  const calls = useCalls();
  const [received, setReceived] = useState<Received>();
  const under_way = useRef<AbortController>(undefined);
  const download = useMutation({
    networkMode: 'always',
    mutationFn: async ({ page, cursor }: { page: number; cursor?: string | undefined }): Promise<Saved> => {
      const abort = new AbortController();
      under_way.current = abort;
      let last: Received = { bytes: 0, lines: 0 };
      setReceived(last);
      const asked = { query: { ...query, cursor }, signal: abort.signal };
      const reply = await calls.call('/v1/hygiene/export', asked);
      const whole = await readWhole(reply, (now) => {
        last = now;
        setReceived(now);
      });
      const file = fileNameOf(dialer, page);
      saveFile(whole, file);
      return { ...last, file, page, next: nextCursor(reply.headers.get('Link')) };
    },
  });
  useEffect(() => () => under_way.current?.abort(), []);
  return {
    ...download,
    received,
    stop: () => {
      under_way.current?.abort();
      download.reset();
    },
  };
}
