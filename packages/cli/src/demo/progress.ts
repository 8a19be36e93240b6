import { progress } from '@clack/prompts';

/** Tells how far the generating is. */
export interface FillProgress {
  /** @param done attempts of `total` that are stored */
  update(done: number): void;
  done(): void;
  interrupted(): void;
}

/** A moving bar on a terminal, now and then a plain line elsewhere. */
export function fillProgress(total: number): FillProgress {
  const started_ms = performance.now();
  const line = (done: number) => {
    const rate = Math.round((done / Math.max(1, performance.now() - started_ms)) * 1_000);
    return `Generating attempts: ${figure(done)} of ${figure(total)}, ${figure(rate)}/s`;
  };
  return process.stdout.isTTY ? bar(total, line) : plainLines(total, line);
}

function bar(total: number, line: (done: number) => string): FillProgress {
  const shown = progress({ max: total, style: 'heavy' });
  let last = 0;
  shown.start(line(0));
  return {
    update(done) {
      shown.advance(done - last, line(done));
      last = done;
    },
    done: () => shown.stop(line(total)),
    interrupted: () => shown.cancel('Interrupted: the next start goes on.'),
  };
}

/** Lines in a log need not come more often. */
const PLAIN_LINE_EVERY_MS = 2_000;

function plainLines(total: number, line: (done: number) => string): FillProgress {
  let said_ms = performance.now();
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  return {
    update(done) {
      if (performance.now() - said_ms < PLAIN_LINE_EVERY_MS) return;
      said_ms = performance.now();
      say(line(done));
    },
    done: () => say(line(total)),
    interrupted: () => say('Interrupted: the next start goes on.'),
  };
}

/** 1,234,567 */
export function figure(count: number): string {
  return count.toLocaleString('en-US');
}
