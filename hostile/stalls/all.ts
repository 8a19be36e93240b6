import { BODY_STALLS } from './bodies.js';
import { FLOODS } from './floods.js';
import { REPLY_STALLS } from './replies.js';
import type { Stall } from './stall.js';

export const STALLS: readonly Stall[] = [...BODY_STALLS, ...REPLY_STALLS, ...FLOODS];
