import { createHash } from 'node:crypto';
import { type Platform, realSleep } from '../platform.js';
import { fileCounter } from './file-counter.js';
import { fileSlots } from './file-slots.js';

/** The platform in Node. Slots and counts are files, so that all programs of one user share them. */
export function nodePlatform(state_directory: string | undefined): Platform {
  return {
    slots: fileSlots(state_directory, Date.now),
    calls: fileCounter(state_directory),
    now_ms: Date.now,
    random: Math.random,
    sleep: realSleep,
    sha256() {
      const hash = createHash('sha256');
      return {
        update: (text) => {
          hash.update(text);
        },
        digest: async () => hash.digest('hex'),
      };
    },
  };
}
