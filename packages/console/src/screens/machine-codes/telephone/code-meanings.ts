import type { MachineCode, TelephoneAttemptDocument, Text } from '@recuento/contract';

/** What each machine code means, and what it says of the number. */
export const CODE_MEANINGS: Readonly<Record<MachineCode, Text>> = {
  no_answer: {
    en: 'It rang and nobody answered. That alone says nothing against the number.',
    es: 'Timbró y nadie contestó. Eso solo no dice nada en contra del número.',
  },
  answer_machine: {
    en: 'A machine answered: a voicemail or an answering machine. The line works.',
    es: 'Contestó una máquina: un buzón de voz o un contestador. La línea funciona.',
  },
  busy: {
    en: 'The line was busy, so it exists and is used.',
    es: 'La línea estaba ocupada, así que existe y se usa.',
  },
  congestion: {
    en: 'The network had no free circuit. It is a matter of the trunk, not of the number.',
    es: 'La red no tenía circuitos libres. Es asunto de la troncal, no del número.',
  },
  failed: {
    en: 'The call could not be made. Either the network did not know the number, or the trunk failed.',
    es: 'No se pudo hacer la llamada: la red no conocía el número, o falló la troncal.',
  },
  answer: { en: 'A person answered.', es: 'Contestó una persona.' },
  abandon: {
    en: 'Somebody answered, and the call ended before an agent took it.',
    es: 'Alguien contestó, y la llamada terminó antes de que la atendiera un agente.',
  },
  recall: {
    en: 'It is to be called again at another time.',
    es: 'Quedó para volver a llamar en otro momento.',
  },
  do_not_call: {
    en: 'The dialer did not call it, because it is on a list of numbers not to call.',
    es: 'El marcador no llamó, porque está en una lista de números a los que no se llama.',
  },
  unknown: {
    en: 'The dialer said nothing from which the end can be told.',
    es: 'El marcador no dijo nada de donde se sepa cómo terminó.',
  },
};

type Evidence = TelephoneAttemptDocument['evidence'];

/** What an attempt says of its number, in a few words. */
export const EVIDENCE_WORDS: Readonly<Record<Evidence, Text>> = {
  line_lives: { en: 'Its line works', es: 'Su línea funciona' },
  number_invalid: { en: 'Does not exist', es: 'No existe' },
  number_doubtful: { en: 'May not exist', es: 'Quizá no existe' },
  trunk_at_fault: { en: 'Nothing: the trunk failed', es: 'Nada: falló la troncal' },
  none: { en: 'Nothing', es: 'Nada' },
};
