/**
 * What the service says of the memory that it takes, in MiB. The first four are settings, and small here, so that what
 * grows beyond them is seen; the others are written where they are set in the service.
 */
export const SETTINGS = {
  RECUENTO_REPORT_MEMORY_MIB: '1024',
  RECUENTO_REPLY_MEMORY_MIB: '128',
  RECUENTO_KEPT_REPLY_MIB: '64',
  RECUENTO_UPLOAD_MEMORY_MIB: '128',
} as const;

export const BOUNDS_MIB: Readonly<Record<string, number>> = {
  reports: Number(SETTINGS.RECUENTO_REPORT_MEMORY_MIB),
  replies: Number(SETTINGS.RECUENTO_REPLY_MEMORY_MIB),
  kept_replies: Number(SETTINGS.RECUENTO_KEPT_REPLY_MIB),
  uploads: Number(SETTINGS.RECUENTO_UPLOAD_MEMORY_MIB),
  /** Three at once (admission/admission.ts), of 1,024 each (http/v1/xlsx.ts). */
  workbooks: 3 * 1_024,
  /** Eight at once, of what one was seen to hold. */
  imports: 8 * 36,
  /** Sessions that were broken off and have not ended (attempts/engine/pool/leavers.ts). */
  broken_off: 256,
  /** Node, its heap at work, the engine and its caches, at rest behind an upload of a hundred thousand attempts. */
  base: 768,
};

export const SUM_MIB = Object.values(BOUNDS_MIB).reduce((sum, bound) => sum + bound, 0);
