import type { RecordBatch, Schema } from 'apache-arrow';
import { RecordBatchStreamWriter } from 'apache-arrow';

/** One Arrow IPC stream of the batches; with none of them, of the schema alone. */
export function ipcStream(schema: Schema, batches: readonly RecordBatch[]): Uint8Array {
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  for (const batch of batches) writer.write(batch);
  writer.finish();
  return writer.toUint8Array(true);
}
