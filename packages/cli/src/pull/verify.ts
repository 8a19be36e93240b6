import { readFile } from 'node:fs/promises';
import type { ChangedWindow, Manifest } from '@recuento/client';
import { type ReportsClient, readManifest, sameRows } from '@recuento/client/parts';
import { UsageError } from '../usage-error.js';
import { manifestPath } from './pull.js';

/**
 * Reads the manifest beside a file.
 *
 * @throws UsageError when there is none
 */
export async function keptManifest(file: string): Promise<Manifest> {
  const path = manifestPath(file);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new UsageError(`${path} is not there: --verify compares with what a pull wrote there.`);
  return readManifest(parsed(text));
}

/** Reads every window again. @returns the windows whose rows changed */
export async function verify(
  client: ReportsClient,
  manifest: Manifest,
  options: { readonly signal?: AbortSignal; readonly onWindow?: (done: number, all: number) => void },
): Promise<ChangedWindow[]> {
  const changed: ChangedWindow[] = [];
  let done = 0;
  for await (const { was, is } of client.compare(manifest, options)) {
    const { date_ini, date_end } = was;
    if (!sameRows(was, is)) changed.push({ date_ini, date_end, was, is });
    done += 1;
    options.onWindow?.(done, manifest.windows.length);
  }
  return changed;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
