import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256Hex } from '@hash/core';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { UsageError } from '../errors.js';
import { processSurroundings, type Surroundings } from '../surroundings.js';
import { convertFile, listWeights, pullWeights, verifyWeights } from './weightFiles.js';

const TINY = fileURLToPath(new URL('../../../../packages/backbones/fixtures/vit-tiny.npz', import.meta.url));
const TI16 = 'Ti_16-i21k-300ep-lr_0.001-aug_none-wd_0.03-do_0.0-sd_0.0.npz';

const folder = temporaryFolder(beforeEach, afterEach);
let weights: string;
let around: Surroundings;
let said: string[];
beforeEach(() => {
  weights = folder.join('data', 'weights');
  said = [];
  around = {
    ...processSurroundings(),
    cwd: folder.path,
    env: { HASH_DATA: 'data' },
    stderr: new PassThrough(),
  };
});
const say = (line: string) => void said.push(line);

function keep(name: string): string {
  mkdirSync(weights, { recursive: true });
  cpSync(TINY, join(weights, name));
  return join(weights, name);
}

describe('listWeights', () => {
  it('says where each file is or would be', () => {
    const path = keep(TI16);
    const listed = listWeights(around);
    expect(listed.find(({ backbone }) => backbone === 'vit-ti16')).toMatchObject({ path, found: true });
    expect(listed.find(({ backbone }) => backbone === 'vgg19')).toMatchObject({
      path: join(weights, 'vgg19-dcbb9e9d.pth'),
      found: false,
      sha256: 'dcbb9e9d',
    });
  });
});

describe('pullWeights', () => {
  const content = readFileSync(TINY);
  let server: Server;
  let ranges: (string | undefined)[];
  /** Bytes after which the first answer breaks off. */
  let cut: number | undefined;
  beforeEach(async () => {
    ranges = [];
    cut = undefined;
    server = createServer(({ headers }, response) => {
      ranges.push(headers.range);
      const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
      const body = content.subarray(from);
      response.writeHead(from === 0 ? 200 : 206, {
        etag: '"1"',
        'content-length': body.length,
        ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
      });
      if (cut === undefined) return void response.end(body);
      const until = cut;
      cut = undefined;
      response.write(body.subarray(0, until));
      // Not after some time: a busy machine may have written nothing by then.
      const timer = setInterval(() => {
        if ((statSync(join(weights, `${TI16}.part`), { throwIfNoEntry: false })?.size ?? 0) < until) return;
        clearInterval(timer);
        response.destroy();
      }, 10);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  /** Node's own, but to the server here. */
  const local: typeof fetch = (_, init) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, init);

  it('downloads, going on where the connection broke, and leaves alone what is there', async () => {
    cut = 20_000;
    await pullWeights(around, ['vit-ti16'], { fetch: local }, say);
    expect(readFileSync(join(weights, TI16)).equals(content)).toBe(true);
    expect(readdirSync(weights)).toEqual([TI16]);
    expect(ranges).toEqual([undefined, 'bytes=20000-']);
    await pullWeights(around, ['vit-ti16'], { fetch: local }, say);
    expect(ranges).toHaveLength(2);
    expect(said).toEqual([join(weights, TI16), join(weights, TI16)]);
  });

  it('keeps no file of another sum than is published', async () => {
    const url = 'https://download.pytorch.org/models/resnet18-f37072fd.pth';
    await expect(pullWeights(around, ['resnet18'], { fetch: local }, say)).rejects.toThrow(
      `downloadFile: ${url}: expected sha256 f37072fd, but got ${sha256Hex(content)}. ` +
        `To do it by hand, download ${url} and put resnet18-f37072fd.pth into ${weights}.`,
    );
    expect(readdirSync(weights)).toEqual([]);
  });

  it('says what to do by hand where there is no network', async () => {
    const offline: typeof fetch = () =>
      Promise.resolve(new Response('no', { status: 404, statusText: 'Not Found' }));
    const url = 'https://storage.googleapis.com/vit_models/imagenet21k/ViT-B_16.npz';
    await expect(pullWeights(around, ['vit-b16'], { fetch: offline }, say)).rejects.toThrow(
      `downloadFile: ${url}: the server answers 404 Not Found. ` +
        `To do it by hand, download ${url} and put ViT-B_16.npz into ${weights}.`,
    );
  });

  it('knows the networks', async () => {
    const refused = pullWeights(around, ['vit-mini'], { fetch: local }, say);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(/^No weights are published for 'vit-mini'\..* Known: vit-b16, /);
    expect(existsSync(weights)).toBe(false);
  });
});

describe('verifyWeights', () => {
  it('reads all that is there', async () => {
    const path = keep(TI16);
    const sha256 = sha256Hex(readFileSync(TINY));
    const [verified, ...others] = await verifyWeights(around, []);
    expect(verified).toMatchObject({ path, sha256, published: null, arrays: expect.any(Number) });
    expect(verified!.values).toBeGreaterThan(1000);
    expect(others).toEqual([]);
    expect(await verifyWeights(around, ['vit-ti16'])).toEqual([verified]);
    expect(await verifyWeights(around, [TINY])).toEqual([{ ...verified, path: TINY }]);
  });

  it('refuses another sum than is published, and what is not there', async () => {
    const path = keep('resnet18-f37072fd.pth');
    await expect(verifyWeights(around, [])).rejects.toThrow(
      `${path}: expected SHA-256 f37072fd, as is published, but got ${sha256Hex(readFileSync(TINY))}. Pull it again.`,
    );
    await expect(verifyWeights(around, ['vgg16'])).rejects.toThrow(
      new UsageError(
        `${join(weights, 'vgg16-397923af.pth')} is not there. Get it by: hash-runner weights pull vgg16`,
      ),
    );
    await expect(verifyWeights(around, ['w.npz'])).rejects.toThrow(
      new UsageError(`${join(weights, 'w.npz')} is not there. Name a file, or a backbone.`),
    );
  });
});

describe('convertFile', () => {
  it('writes safetensors beside the file, or where it is told', async () => {
    keep(TI16);
    const beside = await convertFile(around, 'vit-ti16', {});
    expect(beside.target).toBe(join(weights, TI16.replace(/npz$/, 'safetensors')));
    const { target, arrays } = await convertFile(around, TINY, { out: 'out/tiny.safetensors' });
    expect(target).toBe(folder.join('out', 'tiny.safetensors'));
    expect(arrays).toBe(beside.arrays);
    expect(readFileSync(target).equals(readFileSync(beside.target))).toBe(true);
    await expect(convertFile(around, target, {})).rejects.toThrow(
      new UsageError(`weights convert: ${target} is a safetensors file already.`),
    );
  });
});
