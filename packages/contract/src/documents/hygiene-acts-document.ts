import { z } from 'zod';
import { QUARANTINE_ACTIONS } from '../hygiene/quarantine.js';
import { described } from '../language.js';
import { by, reason, rule } from './hygiene-quarantine-document.js';

/** The replies about acts of the quarantine, and what they hold now. Instants are RFC 3339 in UTC. */

/** What a call of the documented API put aside is told by its name, whichever act did it. */
export const HELD_BY_CALLS = ['add_dnc', 'remove_record'] as const;
export type HeldByCall = (typeof HELD_BY_CALLS)[number];

/** Holds that are listed, those of the most telephones first: what fits on a screen. */
export const HOLDS_LISTED_MAX = 100;

const fields = {
  id: described(z.string(), {
    en: 'The id of the act, as `restore` takes it.',
    es: 'El identificador del acto, como lo toma `restore`.',
  }),
  action: described(z.enum(QUARANTINE_ACTIONS), {
    en: 'What it did. A `quarantine` can be undone.',
    es: 'Lo que hizo. Una `quarantine` se puede deshacer.',
  }),
  at: z.iso.datetime(),
  until: described(z.iso.datetime().nullable(), {
    en: 'When its telephones are due for a re-test. `null`: not before somebody restores them, or each has a time of its own.',
    es: 'Cuándo les toca una nueva prueba a sus teléfonos. `null`: no antes de que alguien los devuelva, o cada uno tiene su propia hora.',
  }),
  reason,
  by,
  rule,
  telephones: described(z.int().min(0), {
    en: 'How many telephones stood in another way since then.',
    es: 'Cuántos teléfonos quedaron de otra manera desde entonces.',
  }),
  telephones_held: described(z.int().min(0), {
    en: 'How many telephones it holds now, alone or beside other acts. 0 where it is undone or over.',
    es: 'Cuántos teléfonos mantiene apartados ahora, solo o junto con otros actos. 0 si se deshizo o ya pasó.',
  }),
};

export const quarantineActSchema = z.strictObject(fields).meta({ id: 'quarantine_act' });
export type QuarantineActDocument = z.output<typeof quarantineActSchema>;

export const quarantineActWithUndoSchema = z
  .strictObject({
    ...fields,
    undo: described(
      z
        .strictObject({
          telephones_restored: described(z.int().min(0), {
            en: 'How many telephones would stand in another way: the number that `restore` would answer.',
            es: 'Cuántos teléfonos quedarían de otra manera: el número que respondería `restore`.',
          }),
          telephones_dialed_again: described(z.int().min(0), {
            en: 'How many of them may be dialed then. The others are put aside by another act too.',
            es: 'A cuántos de ellos se les podría marcar entonces. A los demás los aparta también otro acto.',
          }),
        })
        .nullable(),
      {
        en: 'What undoing it would do now; `null` where there is nothing to undo.',
        es: 'Lo que haría deshacerlo ahora; `null` si no hay nada que deshacer.',
      },
    ),
  })
  .meta({ id: 'quarantine_act_with_undo' });
export type QuarantineActWithUndoDocument = z.output<typeof quarantineActWithUndoSchema>;

const telephones_due = described(z.int().min(0), {
  en: 'Of these, those whose time has come, and which wait for their turn in a re-test.',
  es: 'De estos, a los que ya les llegó la hora y esperan su turno en una nueva prueba.',
});

export const quarantineCountsSchema = z
  .strictObject({
    telephones: described(z.int().min(0), {
      en: 'How many telephones are put aside now.',
      es: 'Cuántos teléfonos están apartados ahora.',
    }),
    telephones_without_time: described(z.int().min(0), {
      en: 'Of these, those that stay so until somebody restores them.',
      es: 'De estos, los que siguen así hasta que alguien los devuelva.',
    }),
    telephones_due,
    telephones_due_soon: described(z.int().min(0), {
      en: 'Of these, those that are due for a re-test within the next seven days. Entries of `add_dnc` end by themselves, and are not among them.',
      es: 'De estos, a los que les toca una nueva prueba en los próximos siete días. Las entradas de `add_dnc` terminan por sí solas, y no están entre ellos.',
    }),
    next_due_at: described(z.iso.datetime().nullable(), {
      en: 'When the next ones are due for a re-test; `null`: none.',
      es: 'Cuándo les toca una nueva prueba a los siguientes; `null`: a ninguno.',
    }),
    next_retest: described(z.strictObject({ at: z.iso.datetime(), telephones: z.int().min(0) }).nullable(), {
      en: 'When the next of those that are due come up at the earliest, and how many at most; `null` while none is due.',
      es: 'Cuándo vuelven, como muy pronto, los siguientes de los que ya pueden, y cuántos a lo sumo; `null` mientras no haya ninguno.',
    }),
    holds: described(
      z.array(
        z.strictObject({
          held_by: described(z.string(), {
            en: 'The id of an act, `add_dnc` or `remove_record`: what `GET /v1/hygiene/quarantine` takes as `held_by`.',
            es: 'El identificador de un acto, `add_dnc` o `remove_record`: lo que `GET /v1/hygiene/quarantine` toma como `held_by`.',
          }),
          reason,
          by: described(by.nullable(), {
            en: 'Id of the token, or `admin`; `null` for calls of the documented API, of which there may be many.',
            es: 'Identificador del token, o `admin`; `null` para consumos de la API documentada, que pueden ser muchos.',
          }),
          at: z.iso.datetime().nullable(),
          rule,
          telephones: z.int().min(0),
          telephones_due,
        }),
      ),
      {
        en: `By what they are put aside, those of the most telephones first, ${HOLDS_LISTED_MAX} at most. A telephone that several acts hold counts for the one that lasts longest.`,
        es: `Qué los mantiene apartados, primero lo de más teléfonos, a lo sumo ${HOLDS_LISTED_MAX}. Un teléfono que mantienen varios actos cuenta para el que dura más.`,
      },
    ),
    telephones_of_other_holds: described(z.int().min(0), {
      en: 'How many telephones are put aside by what is not listed.',
      es: 'Cuántos teléfonos aparta lo que no está en la lista.',
    }),
  })
  .meta({ id: 'quarantine_counts' });
export type QuarantineCountsDocument = z.output<typeof quarantineCountsSchema>;
