/** A batch is sent as it is when its events have grown to this size together. */
const MAX_BATCH_BYTES = 10 * 1024 * 1024;

/** Whether a batch starts its function now, before its time is over. */
export const batchIsFull = ({ events, bytes }: { events: number; bytes: number }, maxSize: number): boolean => events >= maxSize || bytes >= MAX_BATCH_BYTES;
