export { ARCHIVES, type Archive, type ArchiveName } from './archives.js';
export { downloadArchive, type DownloadArchiveOptions } from './downloadArchive.js';
export { downloadFile } from './downloadFile.js';
export type { DownloadFileOptions } from './downloadFileOptions.js';
export type { DownloadProgress } from './downloadProgress.js';
export { unpackTarGz, type UnpackTarGzOptions } from './unpackTarGz.js';
