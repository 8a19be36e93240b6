import { vi } from 'vitest';
import type { Node } from '../second-node.js';

/** The kept replies of the nodes, which may be passed over: then replies are made anew, and kept. */
export class Kept {
  /** How many were sent again. */
  found = 0;
  #passed_over = false;

  constructor(nodes: readonly Node[]) {
    for (const { services } of nodes) {
      const { kept_replies } = services;
      const get = kept_replies.get.bind(kept_replies);
      vi.spyOn(kept_replies, 'get').mockImplementation((key, name) => {
        const reply = this.#passed_over ? undefined : get(key, name);
        if (reply) this.found += 1;
        return reply;
      });
    }
  }

  async without<T>(work: () => Promise<T>): Promise<T> {
    this.#passed_over = true;
    try {
      return await work();
    } finally {
      this.#passed_over = false;
    }
  }
}
