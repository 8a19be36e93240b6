import { type LineFormat, leftOutWords } from './line-format.js';

/** `add_dnc_phone` takes 6 to 20 characters (Vicidial, docs/NON-AGENT_API.txt), and its table has 18. */
const PHONE_NUMBER = '^[0-9]{6,18}$';

const BEFORE =
  '{server}/vicidial/non_agent_api.php?source=recuento&user={user}&pass={pass}&function=add_dnc_phone';

/** The calls that put telephones on a DNC list of Vicidial. A person fills in what is in braces: no credential is known here. */
export const VICIDIAL_API: LineFormat = {
  media: 'text/plain',
  file: 'vicidial-api.txt',
  fits: PHONE_NUMBER,
  head: [
    '# Replace {server} (https://dialer.example), {user}, {pass}, and {campaign_id}: a campaign, or SYSTEM_INTERNAL for all.',
    '# The user needs level 8 and "modify lists". A telephone that is there already is answered with an error that does no harm.',
    '',
  ].join('\n'),
  line: `concat('${BEFORE}&phone_number=', telephone, '&campaign_id={campaign_id}')`,
  tail: (left_out) => `# ${leftOutWords(left_out)}\n`,
};
