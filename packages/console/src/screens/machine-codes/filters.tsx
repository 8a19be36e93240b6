import { CODE_HEADINGS, MACHINE_CODES, type Text } from '@recuento/contract';
import { useId, useState } from 'react';
import { useSay } from '../../language/language.js';
import { Field } from '../../parts/field.js';
import { useWhere } from '../../where/where.js';
import { COUNT_MAX, countOf, FILTERS, type FilterName, isFiltered, type Question } from './question.js';
import { readSearch, SEARCH_MAX_CHARS } from './telephone-search.js';
import { useTyped } from './use-typed.js';

const WORDS = {
  filters: { en: 'Filters', es: 'Filtros' },
  search: { en: 'Telephone', es: 'Teléfono' },
  search_hint: {
    en: 'Whole, or a part of it: 57300* or *1234567',
    es: 'Completo, o una parte: 57300* o *1234567',
  },
  one_star: {
    en: 'It can have one * only, for what is not known',
    es: 'Puede llevar un solo *, en lugar de lo que no se sabe',
  },
  last_result: { en: 'Last attempt', es: 'Último intento' },
  any_result: { en: 'Any', es: 'Cualquiera' },
  answered: { en: 'A person answered', es: 'Contestó alguien' },
  any_answered: { en: 'Any number of times', es: 'No importa' },
  never: { en: 'Never', es: 'Nunca' },
  once: { en: 'Once at most', es: 'A lo sumo una vez' },
  times: { en: '{count} {count: time|times} at most', es: 'A lo sumo {count} {count: vez|veces}' },
  min_total: { en: 'Recognitions, at least', es: 'Reconocimientos, mínimo' },
  min_dialed: { en: 'Attempts, at least', es: 'Intentos, mínimo' },
  more: { en: 'More filters', es: 'Más filtros' },
  clear: { en: 'Clear filters', es: 'Quitar filtros' },
} as const satisfies Readonly<Record<string, Text>>;

/** How often at most a person answered, as people ask for it. Any other number comes from an address. */
const ANSWERED = [0, 1, 2, 3] as const;

/** Which telephones the table has. All of it is in the address. */
export function Filters({ question }: { readonly question: Question }) {
  const say = useSay();
  const id = useId();
  // Where there is little room, the table comes first. CSS shows them all where there is more.
  const [is_open, setOpen] = useState(false);
  return (
    <search className="codes-filters" aria-label={say(WORDS.filters)}>
      <SearchBox search={question.search} />
      <button
        type="button"
        className="codes-more"
        aria-expanded={is_open}
        aria-controls={id}
        onClick={() => setOpen(!is_open)}
      >
        {say(WORDS.more)}
      </button>
      <div id={id} className={is_open ? 'codes-counts' : 'codes-counts shut'}>
        <Result last_result={question.last_result} />
        <Answered max_answered={question.max_answered} />
        <Least name="min_total" title={WORDS.min_total} count={question.min_total} />
        <Least name="min_dialed" title={WORDS.min_dialed} count={question.min_dialed} />
      </div>
      {isFiltered(question) && <ClearFilters />}
    </search>
  );
}

function Result({ last_result }: Pick<Question, 'last_result'>) {
  const say = useSay();
  const { change } = useWhere();
  return (
    <Field label={say(WORDS.last_result)}>
      {(labelled) => (
        <select
          {...labelled}
          value={last_result ?? ''}
          onChange={({ target }) => change({ last_result: target.value || undefined })}
        >
          <option value="">{say(WORDS.any_result)}</option>
          {MACHINE_CODES.map((code) => (
            <option key={code} value={code}>
              {say(CODE_HEADINGS[code])}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Takes all filters away, and leaves the order as it is. */
function ClearFilters() {
  const say = useSay();
  const { change } = useWhere();
  return (
    <button
      type="button"
      onClick={() => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
    >
      {say(WORDS.clear)}
    </button>
  );
}

function SearchBox({ search }: { readonly search: string }) {
  const say = useSay();
  const { change } = useWhere();
  const typed = useTyped(search, (text, how) => change({ search: text.trim() || undefined }, how));
  const is_unclear = readSearch(typed.value).kind === 'unclear';
  return (
    <form
      className="codes-search"
      onSubmit={(event) => {
        event.preventDefault();
        typed.now();
      }}
    >
      <Field
        label={say(WORDS.search)}
        hint={say(WORDS.search_hint)}
        error={is_unclear ? say(WORDS.one_star) : undefined}
      >
        {(labelled) => (
          <input
            {...labelled}
            type="search"
            inputMode="tel"
            autoComplete="off"
            spellCheck={false}
            maxLength={SEARCH_MAX_CHARS}
            value={typed.value}
            onChange={({ target }) => typed.onType(target.value)}
            onBlur={typed.onBlur}
          />
        )}
      </Field>
    </form>
  );
}

function Answered({ max_answered }: Pick<Question, 'max_answered'>) {
  const say = useSay();
  const { change } = useWhere();
  const wordOf = (count: number) =>
    count === 0 ? say(WORDS.never) : count === 1 ? say(WORDS.once) : say(WORDS.times, { count });
  const listed = ANSWERED.some((count) => count === max_answered) || max_answered === undefined;
  const counts: readonly number[] = listed ? ANSWERED : [...ANSWERED, max_answered];
  return (
    <Field label={say(WORDS.answered)}>
      {(labelled) => (
        <select
          {...labelled}
          value={max_answered ?? ''}
          onChange={({ target }) => change({ max_answered: target.value || undefined })}
        >
          <option value="">{say(WORDS.any_answered)}</option>
          {counts.map((count) => (
            <option key={count} value={count}>
              {wordOf(count)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface LeastProps {
  readonly name: FilterName;
  readonly title: Text;
  readonly count: number | undefined;
}

/** The least number of something. */
function Least({ name, title, count }: LeastProps) {
  const say = useSay();
  const { change } = useWhere();
  const typed = useTyped(String(count ?? ''), (text, how) =>
    change({ [name]: countOf(text) === undefined ? undefined : text }, how),
  );
  return (
    <Field label={say(title)}>
      {(labelled) => (
        <input
          {...labelled}
          type="number"
          min={0}
          max={COUNT_MAX}
          step={1}
          value={typed.value}
          onChange={({ target }) => typed.onType(target.value)}
          onBlur={typed.onBlur}
        />
      )}
    </Field>
  );
}
