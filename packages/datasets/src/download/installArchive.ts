import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Archive } from './archives.js';
import { downloadFile } from './downloadFile.js';
import type { DownloadFileOptions } from './downloadFileOptions.js';
import { folderProblems } from './folderProblems.js';
import { inTurn } from './inTurn.js';
import { unpackTarGz } from './unpackTarGz.js';

export interface InstallArchiveOptions extends Pick<
  DownloadFileOptions,
  'onProgress' | 'signal' | 'fetch' | 'waits'
> {
  /** Of a mirror: the folder that has the archive, instead of the authors' own. */
  readonly baseUrl?: string;
}

/**
 * Makes sure that an archive's folder lies in `root`, complete: downloads and unpacks it where it does not. An archive
 * that lies in `root` already is used, and kept; a downloaded one is removed once it is unpacked.
 *
 * @returns the path of the folder
 * @throws Error  that says what was tried, why it failed and what to put where by hand; the signal's reason when aborted
 */
export async function installArchive(
  archive: Archive,
  root: string,
  options: InstallArchiveOptions = {},
): Promise<string> {
  const folder = join(root, archive.folder);
  await inTurn(resolve(folder), async () => {
    options.signal?.throwIfAborted();
    if (await isComplete(folder, archive)) return;
    try {
      await install(archive, root, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      // Another process may have done the same and been first.
      if (!(await isComplete(folder, archive))) throw error;
    }
  });
  return folder;
}

async function isComplete(folder: string, { title, files }: Archive): Promise<boolean> {
  if ((await stat(folder).catch(() => undefined)) === undefined) return false;
  const problems = await folderProblems(folder, files);
  if (problems.length === 0) return true;
  throw new Error(
    `downloadArchive: ${folder} is not the whole of ${title}: ${problems.join(', ')}. Remove the folder to have it downloaded.`,
  );
}

async function install(archive: Archive, root: string, options: InstallArchiveOptions): Promise<void> {
  const { title, folder, files, size, md5, sha256 } = archive;
  const { baseUrl, ...transfer } = options;
  const name = basename(archive.url);
  const url = baseUrl === undefined ? archive.url : `${baseUrl.replace(/\/$/, '')}/${name}`;
  const path = join(root, name);
  const given = (await stat(path).catch(() => undefined)) !== undefined;
  try {
    await mkdir(root, { recursive: true });
    await downloadFile({ ...transfer, url, path, size, md5, sha256 });
  } catch (error) {
    const byHand = `put ${name} into ${root}, or the folder ${folder} that it holds`;
    throw new Error(
      `downloadArchive: could not get ${title}. ${(error as Error).message} To do it by hand, ${byHand}.`,
      { cause: error },
    );
  }
  await unpackTarGz(path, join(root, folder), {
    ...transfer,
    strip: 1,
    check: async (unpacked) => {
      const problems = await folderProblems(unpacked, files);
      if (problems.length > 0) throw new Error(`expected the files of ${title}, but ${problems.join(', ')}`);
    },
  });
  if (!given) await rm(path);
}
