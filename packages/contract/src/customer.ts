import { z } from 'zod';
import { described, type Text } from './language.js';
import { FIELD_LIMITS } from './limits.js';
import { freeTextOrNumber, requiredTextOrNumber, textOrNumber } from './text-or-number.js';

const OPTIONS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;
const TELEPHONES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const;

/** Telephones of a customer. They connect the customer with attempts, in this order. */
export const TELEPHONE_FIELDS = [
  'tel1',
  'tel2',
  'tel3',
  'tel4',
  'tel5',
  'tel6',
  'tel7',
  'tel8',
  'tel9',
  'tel10',
  'tel_extra',
] as const;

const text = (en: string, es: string, example?: string) =>
  described(freeTextOrNumber(FIELD_LIMITS.text_chars), { en, es }, example);
const telephone = (says: Text, example?: string) =>
  described(textOrNumber(FIELD_LIMITS.telephone_chars), says, example);

/** One field for each number: `tel1`, `tel2`. */
function numbered<Name extends string, Number extends string, Schema extends z.ZodType>(
  name: Name,
  numbers: readonly Number[],
  schema: (number: Number) => Schema,
): Record<`${Name}${Number}`, Schema> {
  return Object.fromEntries(numbers.map((number) => [`${name}${number}`, schema(number)])) as Record<
    `${Name}${Number}`,
    Schema
  >;
}

/**
 * A customer of a campaign, as `add_record` takes it. All values are texts; an empty one counts as absent. Other fields
 * are ignored: programs in the field send everything that the vendor's dialer knows.
 */
export const customerSchema = z.object(
  {
    customer_name: text('Name.', 'Nombre.', 'Luz'),
    customer_last_name: text('Last name.', 'Apellido.', 'Gómez'),
    id_type: text('Kind of the id.', 'Tipo de identificación.', 'CC'),
    customer_id: described(
      requiredTextOrNumber(FIELD_LIMITS.text_chars),
      {
        en: 'Id of the customer. The same id again in a campaign replaces the whole earlier record.',
        es: 'Identificación del cliente. La misma identificación otra vez en una campaña reemplaza por completo el registro anterior.',
      },
      '1020304050',
    ),
    age: text('Age.', 'Edad.'),
    gender: text('Gender.', 'Género.'),
    country: text('Country.', 'País.'),
    state: text('State or department.', 'Estado o departamento.'),
    city: text('City.', 'Ciudad.'),
    zone: text('Zone.', 'Zona.'),
    address: text('Address.', 'Dirección.'),
    ...numbered('opt', OPTIONS, (number) =>
      text(`Field ${number} of the record.`, `Campo ${number} del registro.`),
    ),
    ...numbered('tel', TELEPHONES, (number) =>
      telephone(
        { en: `Telephone ${number}, as it is dialed.`, es: `Teléfono ${number}, tal como se marca.` },
        number === '1' ? '573001234567' : undefined,
      ),
    ),
    tel_extra: telephone({ en: 'One more telephone.', es: 'Un teléfono más.' }),
    email: text('Email address.', 'Correo electrónico.'),
    recall_date: text('When to call again; kept as it is.', 'Cuándo volver a llamar; se guarda tal cual.'),
    recall_telephone: telephone({
      en: 'Where to call again; kept as it is.',
      es: 'A qué número volver a llamar; se guarda tal cual.',
    }),
  },
  { error: 'is not an object' },
);
export type Customer = z.output<typeof customerSchema>;
export type CustomerField = keyof Customer;

/** All fields of a customer, in the order of the documented API. */
export const CUSTOMER_FIELDS = Object.keys(customerSchema.shape) as CustomerField[];
