import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import { blankSecrets } from './blank-secrets.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** JSON lines. Headers that carry a secret are blanked wherever a request is logged, and so are tokens in errors. */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: {
      paths: ['wolkvox-token', 'authorization', 'cookie'].flatMap((name) => [
        `req.headers["${name}"]`,
        `headers["${name}"]`,
      ]),
      censor: '[redacted]',
    },
    serializers: { err: blankedError },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The message of a failure may contain an address, and the address a token. */
function blankedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const serialized = stdSerializers.err(error);
  return { ...serialized, message: blankSecrets(serialized.message), stack: blankSecrets(serialized.stack) };
}
