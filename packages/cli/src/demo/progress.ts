/** Shows the progress of the generation. */
export interface FillProgress {
  /** @param done attempts that are stored */
  update(done: number): void;
  done(): void;
  interrupted(): void;
}

/** On a terminal, a line that changes in place; elsewhere, a new line now and then. */
export function fillProgress(total: number): FillProgress {
  const started_ms = performance.now();
  const line = (done: number) => {
    const rate = Math.round((done / Math.max(1, performance.now() - started_ms)) * 1_000);
    return `Generating attempts: ${figure(done)} of ${figure(total)}, ${figure(rate)}/s`;
  };
  return process.stdout.isTTY ? movingLine(total, line) : plainLines(total, line);
}

const CLEAR_LINE = '\r\u001b[K';

/**
 * Plain writes: a prompt library would read the keyboard and end the process at Ctrl+C by itself, but the engine in this
 * process must be closed first.
 */
function movingLine(total: number, line: (done: number) => string): FillProgress {
  const say = (text: string) => process.stdout.write(CLEAR_LINE + text);
  return {
    update: (done) => say(line(done)),
    done: () => say(`${line(total)}\n`),
    interrupted: () => say(`${INTERRUPTED}\n`),
  };
}

/** Time between lines in a log. */
const PLAIN_LINE_EVERY_MS = 2_000;
const INTERRUPTED = 'Interrupted: the next start does it again.';

function plainLines(total: number, line: (done: number) => string): FillProgress {
  let said_ms = performance.now();
  const say = (text: string) => process.stdout.write(`${text}\n`);
  return {
    update(done) {
      if (performance.now() - said_ms < PLAIN_LINE_EVERY_MS) return;
      said_ms = performance.now();
      say(line(done));
    },
    done: () => say(line(total)),
    interrupted: () => say(INTERRUPTED),
  };
}

/** 1,234,567 */
export function figure(count: number): string {
  return count.toLocaleString('en-US');
}
