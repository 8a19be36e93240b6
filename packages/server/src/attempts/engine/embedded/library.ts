import { createRequire } from 'node:module';
import { type Machine, missingEngineSentence, thisMachine } from './machines.js';

const load = createRequire(import.meta.url);

type Library = typeof import('chdb');

/** This machine has no engine that can be loaded; the message is for the person who starts the service. */
export class EngineMissing extends Error {
  override readonly name = 'EngineMissing';
}

/** The codes of the library's loader: there is no native package for the machine, and there is one that does not load. */
const LOADER_CODES: ReadonlySet<unknown> = new Set(['CHDB_PLATFORM', 'CHDB_ABI']);

/**
 * The engine's library. It is loaded when it is first needed and not by an import: so the commands that only ask a service
 * run on machines that the engine is not made for.
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
