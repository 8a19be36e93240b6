import type { RuleDocument } from '@recuento/contract';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { useCaller } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { useWhere } from '../../../where/where.js';

const WORDS = {
  rules: { en: 'Rules', es: 'Reglas' },
  worth: { en: 'By what a number is worth', es: 'Por lo que vale un número' },
  limits: { en: 'By how often it is dialed', es: 'Por cuánto se marca' },
  own: { en: 'Your own', es: 'Propias' },
  none: { en: 'None yet', es: 'Todavía ninguna' },
  create: { en: 'New rule', es: 'Regla nueva' },
} as const;

/** In the address, in place of an id: no id has such a form. */
export const NEW_RULE_ID = 'new';

interface RuleListProps {
  readonly rules: readonly RuleDocument[];
  /** Id of the one that is shown. */
  readonly chosen: string;
}

/** All rules, to choose one. */
export function RuleList({ rules, chosen }: RuleListProps) {
  const say = useSay();
  const may_keep = useCaller().scopes.includes('admin');
  const shipped = rules.filter(({ ships }) => ships);
  const own = rules.filter(({ ships }) => !ships);
  return (
    <nav className="list-quality-rule-list" aria-label={say(WORDS.rules)}>
      <Group title={say(WORDS.worth)} rules={shipped.filter(isOfWorth)} chosen={chosen} />
      <Group title={say(WORDS.limits)} rules={shipped.filter((rule) => !isOfWorth(rule))} chosen={chosen} />
      <Group title={say(WORDS.own)} rules={own} chosen={chosen}>
        {own.length === 0 && !may_keep && <li className="quiet">{say(WORDS.none)}</li>}
        {may_keep && (
          <li>
            <RuleLink id={NEW_RULE_ID} chosen={chosen}>
              {`+ ${say(WORDS.create)}`}
            </RuleLink>
          </li>
        )}
      </Group>
    </nav>
  );
}

interface GroupProps extends RuleListProps {
  readonly title: string;
  readonly children?: ReactNode;
}

function Group({ title, rules, chosen, children }: GroupProps) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {rules.map(({ id, name }) => (
          <li key={id}>
            <RuleLink id={id} chosen={chosen}>
              <Foreign text={cut(name)} />
            </RuleLink>
          </li>
        ))}
        {children}
      </ul>
    </section>
  );
}

interface RuleLinkProps {
  readonly id: string;
  readonly chosen: string;
  readonly children: ReactNode;
}

function RuleLink({ id, chosen, children }: RuleLinkProps) {
  const { path, hrefOf } = useWhere();
  return (
    <Link href={hrefOf(path, { tab: 'rules', rule: id })} aria-current={id === chosen ? 'page' : undefined}>
      {children}
    </Link>
  );
}

/** A name may have 1,024 characters; the list shows so many of them. */
const NAME_CHARS = 60;

function cut(name: string): string {
  return name.length > NAME_CHARS ? `${name.slice(0, NAME_CHARS)}…` : name;
}

/** The others that ship are limits that laws set: they count dials, whatever the number is worth. */
function isOfWorth({ conditions }: RuleDocument): boolean {
  return conditions.some(({ kind }) => kind === 'verdict' || kind === 'probability');
}
