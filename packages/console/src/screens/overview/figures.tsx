import { Link } from 'wouter';
import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import { changeOfCount, changeOfRate } from './change.js';
import { ChangeText } from './change-text.js';
import { answerRate, type Counts, machineOf, machineRate } from './counts.js';

const WORDS = {
  attempts: { en: 'Attempts', es: 'Intentos' },
  answered: { en: 'Answered', es: 'Contestados' },
  answers: { en: '{count} {count: attempt|attempts}', es: '{count} {count: intento|intentos}' },
  machine: { en: 'Machine recognitions', es: 'Reconocimientos de máquina' },
  share: { en: '{share} of the attempts', es: '{share} de los intentos' },
  compared: { en: 'Compared with', es: 'Comparado con' },
  nothing: {
    en: 'There is nothing to compare with yet.',
    es: 'Todavía no hay con qué comparar.',
  },
} as const;

interface FiguresProps {
  readonly now: Counts;
  /** Of these, what is compared: the hours that are over. Absent: all. */
  readonly compared?: Counts;
  /** What it is compared with: `nothing`, where there is nothing to compare with; undefined until it is known. */
  readonly before: Counts | 'nothing' | undefined;
  readonly than: string;
  /** Where the numbers behind are. */
  readonly href: string;
}

/** The three numbers that say how it went. */
export function Figures({ now, compared = now, before, than, href }: FiguresProps) {
  const say = useSay();
  const { count, share } = useOperationFormats();
  const [rate, machine_rate] = [answerRate(now), machineRate(now)];
  const is_compared = before !== 'nothing';
  const known = is_compared ? before : undefined;
  return (
    <dl className="overview-figures">
      <div>
        <dt>{say(WORDS.attempts)}</dt>
        <dd>
          <Link href={href}>{count(now.total)}</Link>
          {is_compared && (
            <ChangeText of="count" change={known && changeOfCount(compared.total, known.total)} than={than} />
          )}
        </dd>
      </div>
      <div>
        <dt>{say(WORDS.answered)}</dt>
        <dd>
          <Link href={href}>{rate === null ? '–' : share(rate)}</Link>
          <span>{say(WORDS.answers, { count: count(now.answer) })}</span>
          {is_compared && (
            <ChangeText
              of="rate"
              change={known && changeOfRate(answerRate(compared), answerRate(known))}
              than={than}
            />
          )}
        </dd>
      </div>
      <div>
        <dt>{say(WORDS.machine)}</dt>
        <dd>
          <Link href={href}>{count(machineOf(now))}</Link>
          {machine_rate !== null && <span>{say(WORDS.share, { share: share(machine_rate) })}</span>}
          {is_compared && (
            <ChangeText
              of="count"
              change={known && changeOfCount(machineOf(compared), machineOf(known))}
              than={than}
            />
          )}
        </dd>
      </div>
      {!is_compared && (
        <div className="quiet">
          <dt className="unseen">{say(WORDS.compared)}</dt>
          <dd>{say(WORDS.nothing)}</dd>
        </div>
      )}
    </dl>
  );
}
