import type { RuleDocument } from '@recuento/contract';
import { useState } from 'react';
import { useCaller } from '../../../operation/operation.js';
import { Backtest } from './backtest.js';
import { Builder } from './builder.js';
import { draftOf, readDraft } from './draft.js';
import { KeepRule } from './keep-rule.js';
import { Preview } from './preview.js';
import { useNumbers } from './use-numbers.js';

interface WorkspaceProps {
  readonly rule: RuleDocument;
  /** Says what was done. */
  readonly onNotice: (notice: string) => void;
}

/** One rule: what it asks, what it takes now, and what it would have done. All of it follows what is typed, before anything is kept. */
export function Workspace({ rule, onNotice }: WorkspaceProps) {
  const { write } = useNumbers();
  const may_keep = useCaller().scopes.includes('admin');
  const [draft, setDraft] = useState(() => draftOf(rule, write));
  const read = readDraft(draft);
  return (
    <>
      <Builder rule={rule} draft={draft} faults={read.faults} onDraft={setDraft}>
        {may_keep && (
          <KeepRule rule={rule} draft={draft} read={read} onDraft={setDraft} onNotice={onNotice} />
        )}
      </Builder>
      <Preview kept={rule} draft={draft} rule={read.rule} />
      <Backtest draft={draft} rule={read.rule} onDraft={setDraft} />
    </>
  );
}
