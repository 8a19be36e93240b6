import { useEffect, useSyncExternalStore } from 'react';
import { useCalls } from '../../../operation/calls.js';
import { useCaller } from '../../../operation/operation.js';
import { FileQueue, type QueuedFile } from './file-queue.js';

/** By who has signed in and for which operation: nobody sees the names of another one's files. */
const QUEUES = new Map<string, FileQueue>();

function queueOf(key: string): FileQueue {
  const known = QUEUES.get(key);
  if (known) return known;
  const made = new FileQueue();
  QUEUES.set(key, made);
  // Leaving the page would break off what is being sent: the browser asks first.
  window.addEventListener('beforeunload', (event) => {
    if (made.isSending) event.preventDefault();
  });
  return made;
}

export interface Queued {
  readonly queue: FileQueue;
  readonly files: readonly QueuedFile[];
}

export function useQueue(): Queued {
  const calls = useCalls();
  const { token, expires_at } = useCaller();
  const queue = queueOf(`${token?.id ?? ''} ${expires_at ?? ''} ${calls.key}`);
  return { queue, files: useSyncExternalStore(queue.subscribe, queue.files) };
}

/** A file that misses its place must not replace the whole console. */
export function useNoStrayDrops(): void {
  useEffect(() => {
    const stop = (event: DragEvent) => event.preventDefault();
    window.addEventListener('dragover', stop);
    window.addEventListener('drop', stop);
    return () => {
      window.removeEventListener('dragover', stop);
      window.removeEventListener('drop', stop);
    };
  }, []);
}
