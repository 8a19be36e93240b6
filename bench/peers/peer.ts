import type { AttemptsFile, MoreAttempts } from './attempts-file.js';
import type { Question } from './questions.js';

/** A store that holds the attempts and answers the questions. */
export interface Peer {
  readonly name: string;
  /**
   * The answer as lines `telephone TAB total TAB the five counts`, in the store's order: to prove that all say the
   * same. Never timed.
   */
  rows(question: Question): Promise<readonly string[]>;
  /** Milliseconds until the last byte of the answer was with whoever asked. What it was told is not looked at. */
  ask(question: Question): Promise<number>;
  /** Milliseconds until these attempts are durable. Absent where it would say what another peer says already. */
  insert?(more: MoreAttempts): Promise<number>;
}

/** Peers that share a server or a database. */
export interface OpenPeers {
  readonly peers: readonly Peer[];
  close(): Promise<void>;
}

/** Something people would otherwise use. */
export interface PeerKind {
  readonly name: string;
  /** How to install it, or undefined when it is there. */
  missing(): Promise<string | undefined>;
  /** Starts it in a directory of its own, and loads the attempts unless an earlier run did. */
  open(attempts: AttemptsFile, say: (line: string) => void): Promise<OpenPeers>;
}
