import { Shares } from './shares.js';
import { Telephones } from './telephones.js';
import { Trunks } from './trunks.js';

/** What is known of each telephone, and how far the trunks that say so are believed. */
export function Verdicts() {
  return (
    <>
      <Shares />
      <Telephones />
      <Trunks />
    </>
  );
}
