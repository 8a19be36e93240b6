import { type ConfigInput, loadConfig, type Service, startService } from '@recuento/server';
import type { Command } from 'commander';

/** `recuento serve`: the service, until SIGTERM or SIGINT. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('run the service')
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .option('--port <number>', 'port to listen on, 0 for a free one (default 8080)')
    .option('--data <directory>', 'where everything is kept (default ./data)')
    .action(async (flags: Partial<ConfigInput>) => {
      const service = await start(flags);
      stopOnSignal(service);
      stopOnFault(service);
    });
}

/** Starts with the given flags. @throws StartError, ConfigError: failures that a person can fix, with a message */
export async function start(flags: Partial<ConfigInput>): Promise<Service> {
  return startService(loadConfig(flags, process.env), {
    announceAdminToken: (secret) =>
      process.stdout.write(`Administrator's token, shown this once: ${secret}\n`),
  });
}

/** Time that a stop may take beyond `stop_timeout_ms`: on a working disk the stores close within milliseconds. */
const STOP_BEYOND_MS = 10_000;

/** The first signal stops gracefully, a second one at once; a stop that does not end is broken off. */
export function stopOnSignal(service: Service): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(130);
    stopping = true;
    setTimeout(() => {
      service.services.log.error('the stop did not end in its time, and is broken off');
      process.exit(1);
    }, service.stop_timeout_ms + STOP_BEYOND_MS).unref();
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** How long a stop may take after a fault: requests under way may depend on the broken part. */
const FAULT_STOP_MS = 10_000;

/**
 * An uncaught failure is a fault of the service, and nobody knows what else is broken. It is logged, and the service stops
 * in order, so that its supervisor starts it again.
 */
export function stopOnFault(service: Service): void {
  const { log } = service.services;
  let stopping = false;
  const stop = (error: unknown) => {
    log.fatal({ err: error }, 'a failure that nobody caught: the service stops');
    if (stopping) return;
    stopping = true;
    process.exitCode = 1;
    setTimeout(() => process.exit(1), FAULT_STOP_MS).unref();
    service.stop().then(
      () => process.exit(1),
      () => process.exit(1),
    );
  };
  process.on('unhandledRejection', stop);
  process.on('uncaughtException', stop);
}
