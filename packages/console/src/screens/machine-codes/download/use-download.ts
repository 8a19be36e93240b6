import { useEffect, useRef, useState } from 'react';
import type { Sent } from '../../../api/call.js';
import { saveFile } from '../../../charts/save-picture.js';
import { type OperationCalls, useCalls } from '../../../operation/calls.js';
import { type FileFormat, formatOf } from './formats.js';
import { type Received, receiveFile } from './receive-file.js';

/** A file that was asked for. */
export interface FileAsked {
  readonly format: FileFormat;
  readonly query: NonNullable<Sent['query']>;
  /** Without its extension. */
  readonly name: string;
}

export type Download =
  | { readonly kind: 'none' }
  /** `received` is absent until the service begins to send. */
  | { readonly kind: 'coming'; readonly asked: FileAsked; readonly received?: Received }
  | { readonly kind: 'done'; readonly asked: FileAsked; readonly received: Received }
  | {
      readonly kind: 'failed';
      readonly asked: FileAsked;
      readonly received?: Received;
      readonly error: Error;
    };

/** One download at a time: an operation has one streamed file at a time too. It ends where its screen is left. */
export function useDownload() {
  const calls = useCalls();
  const [download, setDownload] = useState<Download>({ kind: 'none' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = (asked: FileAsked) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    let received: Received | undefined;
    /** What became of a download that was ended is told by whoever ended it. */
    const tell = (told: Download) => {
      if (!controller.signal.aborted) setDownload(told);
    };
    const onProgress = (progress: Received) => {
      received = progress;
      tell({ kind: 'coming', asked, received });
    };
    tell({ kind: 'coming', asked });
    receive(calls, asked, onProgress, controller.signal).then(
      (file) => {
        if (controller.signal.aborted || !received) return;
        saveFile(file, `${asked.name}.${asked.format}`);
        tell({ kind: 'done', asked, received });
      },
      (error: Error) => tell({ kind: 'failed', asked, error, ...(received && { received }) }),
    );
  };
  /** Ends what is under way, and takes away what is said about it. */
  const stop = () => {
    running.current?.abort();
    setDownload({ kind: 'none' });
  };
  return { download, start, stop };
}

async function receive(
  calls: OperationCalls,
  { query, format }: FileAsked,
  onProgress: (received: Received) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const reply = await calls.call('/v1/machine-codes', { query: { ...query, format }, signal });
  return receiveFile(reply, { head_lines: formatOf(format).head_lines, onProgress });
}
