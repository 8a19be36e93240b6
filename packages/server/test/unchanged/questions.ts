const YESTERDAY = { date_ini: '20261003000000', date_end: '20261003235959' };
const TODAY = { date_ini: '20261004000000', date_end: '20261004235959' };
const FIVE_MINUTES = { date_ini: '20261004120000', date_end: '20261004120459' };
const MONTH = { date_ini: '20261001000000', date_end: '20261031235959' };

const report = (query: Record<string, string>) => `reports_manager.php?${new URLSearchParams(query)}`;

/** What is asked each time: reports of windows that are closed, or open, by whatever a clock shows. */
export const QUESTIONS = [
  report({ api: 'campaign_8', campaign_id: 'all', ...YESTERDAY }),
  report({ api: 'campaign_8', campaign_id: '1', ...FIVE_MINUTES, cursor: '' }),
  report({ api: 'campaign_3', campaign_id: '1', ...TODAY, cursor: '' }),
  report({ api: 'campaign_8', campaign_id: '3', ...YESTERDAY }),
  report({ api: 'campaign_1', campaign_id: '2', ...TODAY }),
  report({ api: 'cdr_5', ...MONTH, cursor: '' }),
];

/** Of the day that a clock shows, with the names of campaigns: nothing of it may be kept. */
export const OF_NOW = 'real_time.php?api=campaigns&campaign_id=all';
