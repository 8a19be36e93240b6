interface ProgressProps {
  readonly label: string;
  /** Undefined: how much there is to do is not known. */
  readonly share?: number | undefined;
  /** What has been done so far, for people. */
  readonly text: string;
}

/** How far something long has come. */
export function Progress({ label, share, text }: ProgressProps) {
  return (
    <div className="progress" role="status">
      <progress aria-label={label} {...(share !== undefined && { value: share, max: 1 })} />
      <span>{text}</span>
    </div>
  );
}
