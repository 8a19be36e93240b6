import { connect, type Socket } from 'node:net';

/** Who is stalled, and as whom. */
export interface Victim {
  readonly base: string;
  /** Of the hostile operation, with all scopes. */
  readonly tokens: readonly string[];
  /** Of the hostile operation; it may only read. */
  readonly report_token: string;
}

/** One way to hold a service up. */
export interface Stall {
  readonly name: string;
  /** Nobody shows a token: it is nobody's share that is used up, but new connections come faster than they can be taken. */
  readonly by_strangers?: true;
  /** It is more than the operation's share of connections: with all else it is held to no promise. */
  readonly is_beyond_share?: true;
  /** Begins it; what comes back ends it. */
  begin(victim: Victim): () => void;
}

/** What is cut is begun again so much later: a service that cuts is still under attack, and is not only reconnected to. */
const AGAIN_MS = 500;
/** Connections that are opened in one turn: the listener's line has an end. */
const AT_ONCE = 50;

/** Keeps so many connections open, each begun in the same way. */
export function keep(count: number, victim: Victim, open: (socket: Socket, at: number) => void): () => void {
  const { hostname, port } = new URL(victim.base);
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let ended = false;
  const later = (at: number, ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      one(at);
    }, ms);
    timers.add(timer);
  };
  const one = (at: number) => {
    if (ended) return;
    const socket = connect(Number(port), hostname);
    sockets.add(socket);
    socket.on('error', () => undefined); // it is cut: `close` follows
    socket.once('connect', () => open(socket, at));
    socket.once('close', () => {
      sockets.delete(socket);
      if (!ended) later(at, AGAIN_MS);
    });
  };
  for (let at = 0; at < count; at += 1) later(at, Math.floor(at / AT_ONCE) * 20);
  return () => {
    ended = true;
    for (const timer of timers) clearTimeout(timer);
    for (const socket of sockets) socket.destroy();
  };
}

/** Sends bytes of a text one by one, one a second, for as long as the connection lives. */
export function dribble(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => {
    socket.write(text[at % text.length] ?? ' ');
    at += 1;
  }, 1_000);
  socket.once('close', () => clearInterval(timer));
}

/** The head of a request, with a blank line behind it. */
export function head(method: string, path: string, token: string, ...more: readonly string[]): string {
  return [
    `${method} ${path} HTTP/1.1`,
    'Host: recuento.test',
    `wolkvox-token: ${token}`,
    ...more,
    '',
    '',
  ].join('\r\n');
}

/** One of some, in turn. */
export function tokenOf({ tokens }: Victim, at: number): string {
  return tokens[at % tokens.length] ?? '';
}
