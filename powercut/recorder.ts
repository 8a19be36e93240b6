import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SOURCE = fileURLToPath(new URL('./recorder.c', import.meta.url));

/** There is no compiler, so nothing can be recorded. */
export class NoCompiler extends Error {
  override readonly name = 'NoCompiler';
}

/** Compiles the recorder into a directory. @returns the library's path @throws NoCompiler */
export async function compileRecorder(directory: string): Promise<string> {
  const library = join(directory, 'recorder.so');
  try {
    await promisify(execFile)('gcc', ['-O2', '-shared', '-fPIC', '-o', library, SOURCE, '-ldl', '-lpthread']);
  } catch (error) {
    const is_missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (is_missing) throw new NoCompiler('gcc is missing: on Debian, `apt-get install gcc libc6-dev`');
    throw error;
  }
  return library;
}

/** What is recorded, where to, and the file that ends the process at once when it comes. */
export interface RecordPlaces {
  readonly library: string;
  readonly log: string;
  readonly directory: string;
  readonly kill: string;
}

/** What a process is told so that it is recorded. */
export function recorded({ library, log, directory, kill }: RecordPlaces): NodeJS.ProcessEnv {
  const recorder = { RECORD_TO: log, RECORD_BELOW: directory, RECORD_KILL: kill };
  // Rings of the kernel are written to by no function that could be recorded.
  return { ...recorder, LD_PRELOAD: library, UV_USE_IO_URING: '0' };
}
