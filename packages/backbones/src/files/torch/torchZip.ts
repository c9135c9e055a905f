import { ByteStream, ZipArchive } from '@hash/core/files';
import type { WeightFile } from '../weightFile.js';
import { LARGEST_PICKLE } from './largestPickle.js';
import { stateDict } from './stateDict.js';
import { TorchPickle } from './torchPickle.js';
import { unpickle } from './unpickle.js';

const PICKLE = '/data.pkl';

/**
 * Opens what `torch.save` writes since PyTorch 1.6, and `torch.jit.save` since 1.4: a zip archive with a pickle and a
 * member for each storage.
 */
export async function openTorchZip(path: string): Promise<WeightFile> {
  const archive = await ZipArchive.open(path);
  try {
    return await openArchive(archive);
  } catch (error) {
    await archive.close();
    throw error;
  }
}

async function openArchive(archive: ZipArchive): Promise<WeightFile> {
  const { path, members } = archive;
  const pickles = [...members.keys()].filter((name) => name.endsWith(PICKLE));
  if (pickles.length !== 1)
    throw new Error(`${path}: expected one member named *${PICKLE}, but found ${pickles.length}.`);
  const root = pickles[0]!.slice(0, -PICKLE.length);
  await requireLittleEndian(archive, `${root}/byteorder`);
  const host = new TorchPickle();
  const pickle = await readMember(archive, root + PICKLE, LARGEST_PICKLE);
  const { value } = unpickle(pickle, 0, host, `${path}: ${root}${PICKLE}`);
  const arrays = stateDict(value, path);
  for (const { storage } of arrays.values()) {
    const found = members.get(`${root}/data/${storage.key}`)?.size;
    if (found !== storage.bytes) {
      throw new Error(
        `${path}: ${root}/data/${storage.key}: expected ${storage.bytes} bytes, but found ${found ?? 'no such member'}.`,
      );
    }
  }
  return {
    path,
    arrays,
    read: async (name) => {
      const tensor = arrays.get(name);
      if (tensor === undefined) throw new Error(`${path}: ${name}: the file has no such array.`);
      return tensor.values(await readMember(archive, `${root}/data/${tensor.storage.key}`));
    },
    close: () => archive.close(),
  };
}

async function requireLittleEndian(archive: ZipArchive, member: string): Promise<void> {
  if (!archive.members.has(member)) return;
  const order = Buffer.from(await readMember(archive, member, 16)).toString('latin1');
  if (order !== 'little')
    throw new Error(`${archive.path}: ${member}: expected little, but found ${JSON.stringify(order)}.`);
}

async function readMember(
  archive: ZipArchive,
  name: string,
  limit = Infinity,
): Promise<Uint8Array<ArrayBuffer>> {
  const size = archive.members.get(name)?.size ?? 0;
  const place = `${archive.path}: ${name}`;
  if (size > limit) throw new Error(`${place}: expected at most ${limit} bytes, but found ${size}.`);
  const stream = new ByteStream(archive.read(name), place);
  const bytes = await stream.read(size);
  await stream.end();
  return bytes;
}
