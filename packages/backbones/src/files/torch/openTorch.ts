import { open } from 'node:fs/promises';
import type { WeightFile } from '../weightFile.js';
import { openTorchLegacy } from './torchLegacy.js';
import { openTorchZip } from './torchZip.js';

/**
 * Opens a state dict, or a checkpoint with one, that `torch.save` wrote: the zip format of PyTorch 1.6 and later, or the
 * one before; or a module that `torch.jit.save` wrote, as OpenAI publishes CLIP. The pickle in it is read as data;
 * nothing of it is run, nor of the module's program.
 *
 * Names are those of the state dict, less the `module.` of `DataParallel`.
 *
 * @throws Error  that names the file, the byte, what was expected and what was found
 */
export async function openTorch(path: string): Promise<WeightFile> {
  const start = await firstBytes(path);
  if (start.startsWith('504b')) return openTorchZip(path);
  if (start.startsWith('80')) return openTorchLegacy(path);
  throw new Error(
    `${path}: byte 0: expected a file of torch.save, starting with 504b or 80, but found ${start}.`,
  );
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('hex', 0, bytesRead);
  } finally {
    await file.close();
  }
}
