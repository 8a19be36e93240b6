import { useSay } from '../../../language/language.js';
import { Dialog } from '../../../parts/dialog.js';
import { Foreign } from '../../../parts/foreign.js';
import { Attempts } from './attempts.js';
import { Known } from './known.js';
import { QuarantineHistory } from './quarantine-history.js';

const WORDS = { telephone: { en: 'Telephone', es: 'Teléfono' } } as const;

interface TelephoneDialogProps {
  readonly telephone: string;
  readonly onClose: () => void;
}

/** One telephone: what is known of it, and every attempt behind that. */
export function TelephoneDialog({ telephone, onClose }: TelephoneDialogProps) {
  const say = useSay();
  const title = (
    <>
      {say(WORDS.telephone)} <Foreign text={telephone} />
    </>
  );
  return (
    <Dialog title={title} onClose={onClose} wide>
      <div className="codes-telephone">
        <Known telephone={telephone} />
        <Attempts telephone={telephone} />
        <QuarantineHistory telephone={telephone} />
      </div>
    </Dialog>
  );
}
