import { z } from 'zod';
import { QUARANTINE_ACTIONS } from '../hygiene/quarantine.js';
import { described } from '../language.js';

/** The replies about the quarantine. Instants are RFC 3339 in UTC. */

const id = described(z.string(), {
  en: 'The id of the act. `0` is what `add_dnc` brought before there was a quarantine.',
  es: 'El identificador del acto. `0` es lo que trajo `add_dnc` antes de que hubiera cuarentena.',
});
export const by = described(z.string(), {
  en: 'Id of the token, `admin`, or `recuento` for what came by itself.',
  es: 'Identificador del token, `admin`, o `recuento` para lo que ocurrió por sí solo.',
});
export const reason = described(z.string(), {
  en: 'Why; `add_dnc` for what that call put aside.',
  es: 'Por qué; `add_dnc` para lo que apartó ese consumo.',
});
export const rule = described(z.record(z.string(), z.unknown()).nullable(), {
  en: 'The rule that chose the telephone, as it was then; `null` without one.',
  es: 'La regla que eligió el teléfono, como era entonces; `null` si no hubo.',
});
const until = described(z.iso.datetime().nullable(), {
  en: 'When it is due for a re-test, or when an entry of `add_dnc` ends. `null`: not before somebody restores it; also where it is not put aside.',
  es: 'Cuándo le toca una nueva prueba, o cuándo termina una entrada de `add_dnc`. `null`: no antes de que alguien lo devuelva; también si no está apartado.',
});
const action = described(z.enum(QUARANTINE_ACTIONS), {
  en: '`quarantine`: do not dial it from now on. `restore`: it may be dialed again. `retest`: its time has come, and it may be dialed again.',
  es: '`quarantine`: no se marca desde ahora. `restore`: se puede marcar otra vez. `retest`: llegó su hora, y se puede marcar otra vez.',
});

export const quarantineTakenSchema = z
  .strictObject({
    id,
    telephones_taken: described(z.int().min(0), {
      en: 'How many it put aside, or for longer than they were. The others stay as they were.',
      es: 'Cuántos apartó, o por más tiempo del que estaban. Los demás quedan como estaban.',
    }),
  })
  .meta({ id: 'quarantine_taken' });

export const quarantineRestoredSchema = z
  .strictObject({
    telephones_restored: described(z.int().min(0), {
      en: 'How many it put back as they were.',
      es: 'Cuántos devolvió a como estaban.',
    }),
  })
  .meta({ id: 'quarantine_restored' });

export const quarantinedSchema = z
  .strictObject({ telephone: z.string(), until, reason, id, by, at: z.iso.datetime(), rule })
  .meta({ id: 'quarantined_telephone' });
export type QuarantinedDocument = z.output<typeof quarantinedSchema>;

export const quarantineEventSchema = z
  .strictObject({
    id,
    telephone: z.string(),
    action,
    at: z.iso.datetime(),
    until,
    reason,
    by,
    rule,
    evidence: described(z.record(z.string(), z.unknown()).nullable(), {
      en: 'What was known about the telephone at that time, where a rule chose it.',
      es: 'Lo que se sabía del teléfono en ese momento, si lo eligió una regla.',
    }),
  })
  .meta({ id: 'quarantine_event' });
export type QuarantineEventDocument = z.output<typeof quarantineEventSchema>;

export const quarantineChangeSchema = z
  .strictObject({ telephone: z.string(), action, at: z.iso.datetime(), until })
  .meta({ id: 'quarantine_change' });
export type QuarantineChangeDocument = z.output<typeof quarantineChangeSchema>;
