import { createHash } from 'node:crypto';
import { flattenParameters, type Backbone } from '@hash/core';

/** SHA-256 of a backbone's parameters, their names and shapes: the same wherever the values come from. */
export async function backboneSha256({ parameters }: Backbone): Promise<string> {
  const hash = createHash('sha256');
  for (const [name, variable] of flattenParameters(parameters)) {
    const { buffer, byteOffset, byteLength } = await variable.data();
    hash.update(`${name} [${variable.shape.join(', ')}]\n`);
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
