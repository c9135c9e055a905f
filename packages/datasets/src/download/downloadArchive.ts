import { ARCHIVES, type ArchiveName } from './archives.js';
import { installArchive, type InstallArchiveOptions } from './installArchive.js';

export type DownloadArchiveOptions = InstallArchiveOptions;

/**
 * Makes sure that a data set lies in `root`, in the folder that its authors' archive holds: does nothing where it is
 * there and complete, else downloads and unpacks the archive.
 *
 * @throws Error  that says what was tried, why it failed and what to put where by hand; the signal's reason when aborted
 * @returns the path of the folder, for example `<root>/cifar-10-batches-bin`
 */
export async function downloadArchive(
  name: ArchiveName,
  root: string,
  options: DownloadArchiveOptions = {},
): Promise<string> {
  if (!Object.hasOwn(ARCHIVES, name)) {
    const names = Object.keys(ARCHIVES).join(', ');
    throw new Error(`downloadArchive: expected one of ${names}, but got ${String(name)}.`);
  }
  return installArchive(ARCHIVES[name], root, options);
}
