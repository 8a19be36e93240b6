import { type ConfigInput, loadConfig, type Service, startService } from '@recuento/server';
import type { Command } from 'commander';
import { UsageError } from '../usage-error.js';

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
    });
}

/** Starts with the flags given, and turns what a person can mend into words. */
export async function start(flags: Partial<ConfigInput>): Promise<Service> {
  const config = loadConfig(flags, process.env);
  try {
    return await startService(config, {
      announceAdminToken: (secret) =>
        process.stdout.write(`Administrator's token, shown this once: ${secret}\n`),
    });
  } catch (error) {
    throw explained(error, config.port, config.data);
  }
}

/** The first signal stops gracefully, a second one at once. */
export function stopOnSignal(service: Service): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(130);
    stopping = true;
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

function explained(error: unknown, port: number, data: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new UsageError(`Port ${port} is in use. Choose another with --port, or --port 0 for a free one.`);
  }
  if (code === 'EACCES')
    return new UsageError(`No permission to listen on port ${port} or to write to ${data}.`);
  if (code === '76' || (error instanceof Error && /CANNOT_OPEN_FILE|Cannot lock/.test(error.message))) {
    return new UsageError(`Another process uses ${data}. Stop it, or choose another directory with --data.`);
  }
  return error;
}
