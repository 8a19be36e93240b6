import type { PreviewedTable, Text } from '@recuento/contract';
import { useId } from 'react';
import { useSay } from '../../../language/language.js';
import { Foreign } from '../../../parts/foreign.js';
import { type ColumnChoice, chosen, FIELDS, type Field, isField, NEEDED_FIELDS } from './column-choice.js';

const WORDS = {
  title: { en: 'Which column is what', es: 'Qué es cada columna' },
  missing: { en: 'Still missing: {fields}.', es: 'Falta: {fields}.' },
  nothing: { en: '— not needed —', es: '— no se usa —' },
  number: { en: 'Column {number}', es: 'Columna {number}' },
} as const;

const FIELD_NAMES: Readonly<Partial<Record<Field, Text>>> = {
  telephone: { en: 'Telephone dialed', es: 'Teléfono marcado' },
  dialed_at: { en: 'Date and time', es: 'Fecha y hora' },
  result: { en: 'Result', es: 'Resultado' },
  attempt_id: { en: 'Id of the call', es: 'Id de la llamada' },
  duration_seconds: { en: 'Duration', es: 'Duración' },
  trunk: { en: 'Trunk', es: 'Troncal' },
  direction: { en: 'Direction', es: 'Dirección' },
  agent_id: { en: 'Agent', es: 'Agente' },
  customer_id: { en: 'Customer id', es: 'Id del cliente' },
  customer_name: { en: 'Customer’s name', es: 'Nombre del cliente' },
  customer_last_name: { en: 'Customer’s last name', es: 'Apellido del cliente' },
  id_type: { en: 'Kind of id', es: 'Tipo de identificación' },
  sip: { en: 'SIP response', es: 'Respuesta SIP' },
  cause: { en: 'Cause (Q.850)', es: 'Causa (Q.850)' },
  amd: { en: 'Machine detection (AMD)', es: 'Detección de contestador (AMD)' },
  file_name: { en: 'Name of the list', es: 'Nombre de la lista' },
};

const fieldName = (field: Field): Text => FIELD_NAMES[field] ?? { en: field, es: field };

interface ChooseColumnsProps {
  readonly table: PreviewedTable;
  readonly choice: ColumnChoice;
  readonly onChange: (choice: ColumnChoice) => void;
}

/** The columns of a file, with what each holds. */
export function ChooseColumns({ table, choice, onChange }: ChooseColumnsProps) {
  const say = useSay();
  const id = useId();
  const held = new Map([...choice].map(([field, number]) => [number, field]));
  const missing = NEEDED_FIELDS.filter((field) => !choice.has(field));
  const nameOf = ({ name, number }: PreviewedTable['columns'][number]) =>
    name === null || name === '' ? say(WORDS.number, { number }) : name;
  return (
    <section className="imports-choice" aria-labelledby={id}>
      <h3 id={id}>{say(WORDS.title)}</h3>
      <p role="status" className={missing.length > 0 ? 'error' : 'quiet'}>
        {missing.length > 0 &&
          say(WORDS.missing, { fields: missing.map((field) => say(fieldName(field))).join(', ') })}
      </p>
      <ul className="imports-pairs">
        {table.columns.map((column) => (
          <li key={column.number}>
            <label htmlFor={`${id} ${column.number}`}>
              <Foreign text={nameOf(column)} />
              <small className="quiet">
                <Foreign text={column.values.filter((value) => value !== '').join(' · ')} />
              </small>
            </label>
            <select
              id={`${id} ${column.number}`}
              value={held.get(column.number) ?? ''}
              onChange={({ target }) =>
                onChange(chosen(choice, column.number, isField(target.value) ? target.value : undefined))
              }
            >
              <option value="">{say(WORDS.nothing)}</option>
              {FIELDS.map((field) => (
                <option key={field} value={field}>
                  {say(fieldName(field))}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </section>
  );
}
