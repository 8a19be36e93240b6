import type { ImportPreviewDocument } from '@recuento/contract';
import { useEffect, useMemo, useState } from 'react';
import { useOperation } from '../../../operation/operation.js';
import { type ColumnChoice, isComplete, mapText, proposedChoice } from './column-choice.js';
import { keepColumns, keptColumns } from './kept-columns.js';
import type { Settings } from './settings.js';

export interface Columns {
  /** Whether somebody has to say, or has said, which column is what. */
  readonly are_asked: boolean;
  readonly choice: ColumnChoice;
  /** The file is read with the choice. */
  readonly are_used: boolean;
  /** They are those that were kept of a file with the same headings. */
  readonly are_kept: boolean;
  readonly choose: (choice: ColumnChoice) => void;
  readonly use: () => void;
  /** For the next file with the same headings. */
  readonly keep: () => void;
}

const NONE: ColumnChoice = new Map();

/** The columns of a file that no format recognises, or that is to be read by hand. */
export function useColumns(
  preview: ImportPreviewDocument | undefined,
  settings: Settings,
  change: (changed: Partial<Settings>) => void,
): Columns {
  const { server } = useOperation();
  const [by_hand, choose] = useState<ColumnChoice>();
  const table = preview?.table ?? undefined;
  const kept = useMemo(() => table && keptColumns(server, table), [server, table]);
  const proposed = useMemo(() => table && proposedChoice(table), [table]);
  const choice = by_hand ?? kept?.choice ?? proposed ?? NONE;
  const is_unknown = preview?.format === null && preview.recognised.length === 0;
  const are_asked = table !== undefined && (settings.format === 'csv' || is_unknown);
  const readWith = (chosen: ColumnChoice, date_order = settings.date_order) => {
    if (table) change({ format: 'csv', map: isComplete(chosen) ? mapText(chosen, table) : '', date_order });
  };
  const is_known_again =
    are_asked && settings.format === 'auto' && kept !== undefined && by_hand === undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, where the file is recognised by its headings
  useEffect(() => {
    if (is_known_again && isComplete(choice)) readWith(choice, kept.date_order);
  }, [is_known_again]);
  return {
    are_asked,
    choice,
    are_used: settings.map !== '',
    are_kept: kept !== undefined && by_hand === undefined,
    choose: (chosen) => {
      choose(chosen);
      if (settings.map !== '') readWith(chosen);
    },
    use: () => readWith(choice),
    keep: () => {
      if (table && settings.map !== '')
        keepColumns(server, table, { choice, date_order: settings.date_order });
    },
  };
}
