import { ReportsManager } from '../src/index.js';

/** A program that asks often and at once, as `manners.test.ts` starts several of. */
const { ASK_URL = '', ASK_TOKEN = '', ASK_STATE = '', ASK_TIMES = '0' } = process.env;
const client = new ReportsManager({ baseUrl: ASK_URL, token: ASK_TOKEN, stateDirectory: ASK_STATE });
const day = { campaignId: 1, from: '2025-10-03', to: '2025-10-03' };
await Promise.all(Array.from({ length: Number(ASK_TIMES) }, () => client.campaign8(day).collect()));
process.exit(0);
