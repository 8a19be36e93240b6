import type { OperationDocument, SessionDocument } from '@recuento/contract';
import { createContext, type ReactNode, useContext } from 'react';
import type { Formats } from '../language/formats.js';
import { useFormats } from '../language/formats.js';

/** The operation whose numbers are shown. */
export type ShownOperation = Pick<OperationDocument, 'server' | 'name' | 'time_zone'>;

interface Shown {
  readonly session: SessionDocument;
  /** Undefined: the administrator has chosen none yet. */
  readonly operation: ShownOperation | undefined;
}

const Context = createContext<Shown | undefined>(undefined);

/** Below this, every screen knows who has signed in, and whose numbers it shows. */
export function OperationOf({ children, ...shown }: Shown & { readonly children: ReactNode }) {
  return <Context value={shown}>{children}</Context>;
}

function useShown(): Shown {
  const shown = useContext(Context);
  if (!shown) throw new Error('outside of a signed-in screen');
  return shown;
}

/** Who has signed in. */
export function useCaller(): SessionDocument {
  return useShown().session;
}

/** The operation whose numbers are shown, or undefined where the administrator has chosen none. */
export function useOperationIfChosen(): ShownOperation | undefined {
  return useShown().operation;
}

/** The operation whose numbers are shown. Screens that need one are not drawn without it. */
export function useOperation(): ShownOperation {
  const { operation } = useShown();
  if (!operation) throw new Error('this screen needs an operation');
  return operation;
}

/** Numbers by the reader's language, instants by the operation's clock. */
export function useOperationFormats(): Formats {
  return useFormats(useShown().operation?.time_zone ?? 'UTC');
}
