import { ServedProcess } from '../bench/served.js';

/** None of them may outlive this process, however it ends. */
const running = new Set<ServedProcess>();
process.on('exit', () => {
  for (const served of running) if (!served.ended) served.kill();
});

/** A service over a directory, in a process of its own. @throws where it ends before it serves */
export async function startServed(directory: string, env: NodeJS.ProcessEnv = {}): Promise<ServedProcess> {
  for (const served of running) if (served.ended) running.delete(served);
  const served = await ServedProcess.start(directory, env);
  running.add(served);
  return served;
}
