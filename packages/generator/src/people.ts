/** Customers of telephones. A customer depends only on the telephone, so all its attempts have the same one. */
const GIVEN = [
  'María',
  'José',
  'Luz',
  'Carlos',
  'Ana',
  'Luis',
  'Sandra',
  'Jorge',
  'Íngrid',
  'Andrés',
] as const;
const FAMILY = [
  'Rodríguez',
  'Gómez',
  'Peña',
  'Martínez',
  'López',
  'Ibáñez',
  'Muñoz',
  'Rojas',
  'Díaz',
] as const;

/** Of a hundred telephones: 60 have a customer's id, and 40 also have a name. */
const WITH_ID = 60;
const WITH_NAME = 40;

export interface Person {
  readonly customer_id?: string;
  readonly customer_name?: string;
}

export function personOf(telephone_index: number): Person {
  // A multiplicative hash: neighbours on a list must not share a name.
  const hash = Math.imul(telephone_index + 1, 0x9e3779b1) >>> 8;
  const place = hash % 100;
  if (place >= WITH_ID) return NOBODY;
  const customer_id = `C${String(telephone_index + 1).padStart(8, '0')}`;
  if (place >= WITH_NAME) return { customer_id };
  return { customer_id, customer_name: nameOf(hash) };
}

const NOBODY: Person = {};

function nameOf(hash: number): string {
  const high = Math.floor(hash / 100);
  return `${GIVEN[high % GIVEN.length]} ${FAMILY[Math.floor(high / GIVEN.length) % FAMILY.length]}`;
}
