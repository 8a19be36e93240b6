import { setTimeout as wait } from 'node:timers/promises';
import type { ImportDocument } from '@recuento/contract';
import type { ApiClient } from '../api-client.js';

/** Time between two looks at the state of the import. */
const LOOK_MS = 500;

/** `recuento import --undo ID`: takes an import back, and waits until that is done. */
export async function undoImport(client: ApiClient, id: string): Promise<void> {
  const path = `/imports/${encodeURIComponent(id)}`;
  let job = await client.json<ImportDocument>({ method: 'DELETE', path });
  while (job.state === 'undoing') {
    await wait(LOOK_MS);
    job = await client.json<ImportDocument>({ method: 'GET', path });
  }
  process.stdout.write(`import ${job.id} was taken back: reports are as if it had never been\n`);
}
