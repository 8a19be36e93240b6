import { SCOPES, signInLinkDocumentSchema } from '@recuento/contract';
import type { Service } from '@recuento/server';
import { type Command, InvalidArgumentError } from 'commander';
import { demoOperation, fill } from '../demo/fill.js';
import { greeting } from '../demo/greeting.js';
import { type DemoPlan, openPlan, writePlan } from '../demo/plan.js';
import { untilSignal } from '../until-signal.js';
import { start, stopOnFault, stopOnSignal } from './serve.js';

interface DemoFlags {
  readonly port?: string;
  readonly data: string;
  readonly attempts: number;
}

/** `recuento demo`: the service with a generated operation in it, until SIGTERM or SIGINT. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('run the service with a generated operation, and print how to ask it')
    .option('--port <number>', 'port to listen on, 0 for a free one (default 8080)')
    .option('--data <directory>', 'where the demo is kept', './data/demo')
    .option('--attempts <number>', 'how many attempts a new demo gets', attemptsFrom, 200_000)
    .action(demo);
}

async function demo(flags: DemoFlags): Promise<void> {
  const { data, port, attempts } = flags;
  const plan = await openPlan(data, attempts, Date.now());
  const service = await start({
    data,
    ...(port !== undefined && { port }),
    // Log lines of requests would bury the demo's output. Set the variable to see them.
    ...(!process.env.RECUENTO_LOG_LEVEL && { log_level: 'warn' }),
  });
  const operation = await demoOperation(service, plan.campaigns);
  if (!plan.filled) {
    const whole = await untilSignal((stop) => fill(service, operation, plan, stop));
    if (!whole) return interrupted(service);
    await writePlan(data, { ...plan, filled: true } satisfies DemoPlan);
  }
  stopOnSignal(service);
  stopOnFault(service);
  const { secret } = await service.services.accounts.tokens.create(operation.id, {
    name: 'demo',
    scopes: SCOPES,
    expires_at_ms: null,
  });
  const link = await signInLink(service.url, secret);
  process.stdout.write(greeting(service.url, secret, link, data, plan));
}

/** Opens the console signed in, once. */
async function signInLink(url: string, token: string): Promise<string> {
  const reply = await fetch(`${url}/v1/session/link`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const { path } = signInLinkDocumentSchema.parse(await reply.json());
  return url + path;
}

async function interrupted(service: Service): Promise<void> {
  await service.stop();
  process.exit(130);
}

/** A larger demo would take an hour to fill, and 10 GB of disk. */
const ATTEMPTS_MAX = 100_000_000;

function attemptsFrom(text: string): number {
  const attempts = Number(text);
  if (/^\d+$/.test(text) && attempts >= 1 && attempts <= ATTEMPTS_MAX) return attempts;
  throw new InvalidArgumentError(`It is not a whole number from 1 to ${ATTEMPTS_MAX}.`);
}
