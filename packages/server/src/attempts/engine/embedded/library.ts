import { createRequire } from 'node:module';
import { type Machine, missingEngineSentence, thisMachine } from './machines.js';

const load = createRequire(import.meta.url);

type Library = typeof import('chdb');

/** This machine has no engine that can be loaded; the message is for the person who starts the service. */
export class EngineMissing extends Error {
  override readonly name = 'EngineMissing';
}

/** Codes of the library's loader: the machine has no native package, or it has one that does not load. */
const LOADER_CODES: ReadonlySet<unknown> = new Set(['CHDB_PLATFORM', 'CHDB_ABI']);

/**
 * The engine's library. It is loaded when it is first needed, not by an import: so commands that are only clients of a service run on
 * machines for which there is no engine.
 *
 * @throws EngineMissing
 */
export function engineLibrary(): Library {
  try {
    return load('chdb');
  } catch (error) {
    throw asEngineMissing(error, thisMachine());
  }
}

function asEngineMissing(error: unknown, machine: Machine): unknown {
  if (!(error instanceof Error && 'code' in error && LOADER_CODES.has(error.code))) return error;
  const broken = error.code === 'CHDB_ABI' ? error.message : undefined;
  return new EngineMissing(missingEngineSentence(machine, broken), { cause: error });
}
