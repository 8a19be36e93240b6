import { useOperationFormats } from '../../operation/operation.js';
import { Foreign } from '../../parts/foreign.js';

/** A file's name and size. */
export function FileHead({ file }: { readonly file: File }) {
  const formats = useOperationFormats();
  return (
    <p className="imports-file">
      <strong>
        <Foreign text={file.name} />
      </strong>{' '}
      <span className="quiet">{formats.megabytes(file.size)}</span>
    </p>
  );
}
