import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where everything of this bench is kept. */
export const PEERS_DIRECTORY = join(tmpdir(), 'recuento-bench', 'peers');
/** To be raised when a peer's tables or the attempts change, so that none of an older run are used. */
const VERSION = 1;

/** A peer's own directory, by the number of attempts, and whether a run before finished loading there. */
export interface Place {
  readonly path: string;
  readonly loaded: boolean;
  /** To be called once all is loaded. */
  setLoaded(): Promise<void>;
}

/** An empty directory, or the one that holds what an earlier run loaded. */
export async function placeOf(name: string, attempts: number): Promise<Place> {
  const path = join(PEERS_DIRECTORY, `${name}-v${VERSION}-${attempts}`);
  const ready = join(path, 'loaded');
  const loaded = existsSync(ready);
  if (!loaded) await rm(path, { recursive: true, force: true }); // half loaded by a run that was stopped
  await mkdir(path, { recursive: true });
  return { path, loaded, setLoaded: () => writeFile(ready, '') };
}

/** Does `load`, and says how long it took. */
export async function loading(
  name: string,
  say: (line: string) => void,
  load: () => Promise<void>,
): Promise<void> {
  const started_ms = performance.now();
  await load();
  say(`${name}: loaded in ${((performance.now() - started_ms) / 1_000).toFixed(1)} s; the next run finds it`);
}
