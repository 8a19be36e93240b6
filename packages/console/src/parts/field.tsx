import { type ReactNode, useId } from 'react';

/** What a control needs, so that its label, its hint and its error belong to it. */
export interface Labelled {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly children: (labelled: Labelled) => ReactNode;
}

/** A control with its label. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = `${id}-about`;
  const about = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': about === undefined ? undefined : described,
        'aria-invalid': error !== undefined,
      })}
      {about !== undefined && (
        <small id={described} className={error === undefined ? 'quiet' : 'error'}>
          {about}
        </small>
      )}
    </div>
  );
}
