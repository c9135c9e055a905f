/** How far a download has come, as plain data. */
export interface DownloadProgress {
  readonly phase: 'download' | 'unpack';
  /** A resumed download starts with the bytes that were there already. */
  readonly doneBytes: number;
  /** Null where the server does not say, and while an archive is looked through before it is unpacked. */
  readonly totalBytes: number | null;
}
