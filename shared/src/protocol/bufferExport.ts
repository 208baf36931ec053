/** Writing an array, or a slice of it, to a file of its own. */
import type { LaidElements } from './bufferScan.ts';

export const EXPORT_FORMATS = ['npy', 'csv', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportRequest {
  readonly job: number;
  readonly elements: LaidElements;
  readonly format: ExportFormat;
  /** Of the file, without its ending, as a proposal. */
  readonly name: string;
}

export interface ExportFailure {
  readonly kind: 'notExported';
  readonly message: string;
}
