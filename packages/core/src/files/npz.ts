import { ByteStream } from './byteStream.js';
import { checkedNpyHeader, readNpyArray } from './npy.js';
import type { ArrayInfo, NumericArray } from './numericArray.js';
import type { ArrayFile } from './arrayFile.js';
import { ZipArchive } from './zipArchive.js';

const SUFFIX = '.npy';

/**
 * Opens a file of named arrays that `numpy.savez` or `numpy.savez_compressed` wrote. Only headers are read as yet.
 *
 * @throws Error  that names the file, the member, the byte, what was expected and what was found
 */
export async function openNpz(path: string): Promise<ArrayFile> {
  const archive = await ZipArchive.open(path);
  try {
    const arrays = new Map<string, ArrayInfo>();
    for (const member of archive.members.keys()) {
      if (!member.endsWith(SUFFIX)) {
        throw new Error(`${path}: expected members named *${SUFFIX}, but found ${member}.`);
      }
      arrays.set(
        member.slice(0, -SUFFIX.length),
        await withMember(archive, member, async (stream, size, place) => {
          const { dtype, shape } = await checkedNpyHeader(stream, size, place);
          return { dtype, shape };
        }),
      );
    }
    return {
      path,
      arrays,
      read: (name): Promise<NumericArray> => withMember(archive, name + SUFFIX, readNpyArray),
      close: () => archive.close(),
    };
  } catch (error) {
    await archive.close();
    throw error;
  }
}

async function withMember<Result>(
  archive: ZipArchive,
  member: string,
  use: (stream: ByteStream, size: number, place: string) => Promise<Result>,
): Promise<Result> {
  const place = `${archive.path}: ${member}`;
  const stream = new ByteStream(archive.read(member), place);
  try {
    return await use(stream, archive.members.get(member)?.size ?? 0, place);
  } finally {
    await stream.close();
  }
}
