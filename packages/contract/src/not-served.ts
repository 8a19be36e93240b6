import type { Text } from './language.js';

/** Calls of the vendor that are not served here, and why. */
export interface NotServed {
  /** The script that has them on the vendor's server. */
  readonly file: string;
  /** Their names in texts for people, in every language. */
  readonly names: string;
  /** The values of `api` that mean them; undefined: nothing of the script is served, whatever `api` is. */
  readonly api?: RegExp;
  readonly reason: Text;
}

const AGENTS: Text = {
  en: 'it needs agents, skills, chats or flows, which dial attempts do not carry',
  es: 'necesita agentes, habilidades, chats o flujos, que los intentos de marcación no traen',
};
const DIALER: Text = {
  en: 'the dialer runs campaigns: ask it there',
  es: 'las campañas las maneja el marcador: pídalo allí',
};
const SETTINGS: Text = {
  en: 'it changes or shows settings of the vendor’s own servers',
  es: 'cambia o muestra ajustes de los servidores propios del proveedor',
};
const OLD: Text = {
  en: 'it belongs to the vendor’s API before version 2',
  es: 'pertenece a la API del proveedor anterior a la versión 2',
};

/** The vendor's other calls, as far as they are documented or programs use them. The first entry that matches applies. */
export const NOT_SERVED: readonly NotServed[] = [
  {
    file: 'campaign.php',
    names:
      'start, stop, clear_campaign, speed, codify, recall, campaign_filter, edit_campaign, delete_campaign, detail, find_record, campaign_15',
    api: /^(start|stop|clear_campaign|speed|codify|recall|campaign_filter|edit_campaign|delete_campaign|detail|find_record|campaign_15)$/,
    reason: DIALER,
  },
  {
    file: 'reports_manager.php',
    names: 'campaign_2, campaign_5, campaign_9, campaign_10 … campaign_15',
    api: /^campaign_(2|5|9|1[0-5])$/,
    reason: {
      en: 'it needs agents’ codes, preview calls, messages or turbo dialing, which dial attempts do not carry',
      es: 'necesita códigos de agentes, llamadas preview, mensajes o turbo dial, que los intentos de marcación no traen',
    },
  },
  {
    file: 'reports_manager.php',
    names: 'agent_1 …, skill_1 …, chat_1 …, diagram_1 …, act_1 …, cdr_1 … cdr_4, cdr_7 …',
    api: /^((agent|skill|chat|diagram|act)_\d{1,2}|cdr_([1-4]|[7-9]|\d\d))$/,
    reason: AGENTS,
  },
  {
    file: 'real_time.php',
    names: 'agents, latency, calls_last_10, skills, chats',
    api: /^(agents|latency|calls_last_10|skills|chats)$/,
    reason: AGENTS,
  },
  {
    file: 'information.php',
    names: 'activity_codes, agents, skills',
    api: /^(activity_codes|agents|skills)$/,
    reason: AGENTS,
  },
  { file: 'configuration.php', names: 'add_ip, audit_log', reason: SETTINGS },
  { file: 'audit_log.php', names: 'audit_log', reason: SETTINGS },
  { file: '/ipdialbox/api_reports_manager.php', names: 'report=…', reason: OLD },
];
