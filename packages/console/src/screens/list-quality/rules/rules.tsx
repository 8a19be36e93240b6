import type { RuleDocument } from '@recuento/contract';
import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { Empty } from '../../../parts/empty.js';
import { Loaded } from '../../../parts/loaded.js';
import { useWhere } from '../../../where/where.js';
import { NEW_RULE_ID, RuleList } from './rule-list.js';
import './rules.css';
import { useRules } from './use-rules.js';
import { Workspace } from './workspace.js';

const WORDS = {
  gone: { en: 'This rule does not exist any more', es: 'Esta regla ya no existe' },
  gone_about: { en: 'Choose another one.', es: 'Elija otra.' },
  new_name: { en: 'New rule', es: 'Regla nueva' },
} as const;

/** The one to begin with (docs/guide/hygiene.md). */
const FIRST_RULE_ID = 'balanced';

/** The rules, and one of them to be tried, changed and kept. Which one is part of the address. */
export function Rules() {
  const say = useSay();
  const { params } = useWhere();
  const [notice, setNotice] = useState('');
  const query = useRules();
  const chosen = params.get('rule') ?? FIRST_RULE_ID;
  return (
    <Loaded query={query} height_rem={30}>
      {(rules) => {
        const rule =
          chosen === NEW_RULE_ID ? newRule(say(WORDS.new_name)) : rules.find(({ id }) => id === chosen);
        return (
          <div className="list-quality-rules">
            <RuleList rules={rules} chosen={chosen} />
            <div className="list-quality-workspace">
              <p role="status" className="list-quality-notice">
                {notice}
              </p>
              {rule ? (
                <Workspace key={rule.id} rule={rule} onNotice={setNotice} />
              ) : (
                <Empty title={say(WORDS.gone)}>
                  <p>{say(WORDS.gone_about)}</p>
                </Empty>
              )}
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}

/** Something to begin with: it takes what the rule that ships takes, until it is changed. */
function newRule(name: string): RuleDocument {
  return {
    id: NEW_RULE_ID,
    name,
    campaign_id: 'all',
    conditions: [{ kind: 'verdict', in: ['invalid'] }],
    quarantine_days: 90,
    purpose: null,
    ships: false,
    created_at: null,
    updated_at: null,
  };
}
