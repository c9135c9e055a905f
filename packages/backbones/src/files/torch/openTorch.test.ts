import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toFloat32 } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { openTorch } from './openTorch.js';

const folder = temporaryFolder(beforeAll, afterAll);

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../fixtures/torch/${name}`, import.meta.url));

interface Expected {
  readonly dtype: string;
  readonly shape: number[];
  readonly values: number[];
}
const expected = JSON.parse(readFileSync(fixture('../torch.json'), 'utf8')) as Record<
  'tensors' | 'network',
  Record<string, Expected>
>;

describe.each([
  ['tensors.pth', expected.tensors],
  ['tensors.protocol4.pth', expected.tensors],
  ['tensors.legacy.pth', expected.tensors],
  ['network.legacy.pth', expected.network],
  ['checkpoint.pth', expected.network],
])('openTorch of %s', (name, tensors) => {
  it('reads what PyTorch reads', async () => {
    const file = await openTorch(fixture(name));
    expect([...file.arrays.keys()]).toEqual(Object.keys(tensors));
    for (const [key, { dtype, shape, values }] of Object.entries(tensors)) {
      expect(file.arrays.get(key)).toMatchObject({ dtype, shape });
      const array = await file.read(key);
      expect(array).toMatchObject({ dtype, shape });
      expect([...toFloat32(array)]).toEqual(values.map(Math.fround));
    }
    await expect(file.read('other')).rejects.toThrow(`${fixture(name)}: other: the file has no such array.`);
    await file.close();
  });
});

describe('openTorch of a scripted module', () => {
  it('reads what the state dict of the same module has', async () => {
    const [scripted, state] = await Promise.all([
      openTorch(fixture('clip-tiny.pt')),
      openTorch(fixture('clip-tiny-state.pt')),
    ]);
    expect([...scripted.arrays.keys()].sort()).toEqual([...state.arrays.keys()].sort());
    expect(scripted.arrays.get('visual.proj')).toMatchObject({ dtype: 'float16', shape: [16, 10] });
    for (const name of state.arrays.keys()) {
      expect(await scripted.read(name)).toEqual(await state.read(name));
    }
    await Promise.all([scripted.close(), state.close()]);
  });

  it('refuses it truncated', async () => {
    const path = folder.join('truncated.pt');
    const whole = readFileSync(fixture('clip-tiny.pt'));
    for (const length of [100, 30_000, whole.length - 10]) {
      writeFileSync(path, whole.subarray(0, length));
      await expect(openTorch(path)).rejects.toThrow(path);
    }
  });
});

describe('openTorch of a hostile or unknown file', () => {
  const within = 'expected a tensor within the 4 elements of its storage, but found shape';
  it.each([
    ['system.pth', 'evil/data.pkl: byte 2: refused: the pickle asks for "posix.system".'],
    ['eval.pth', 'evil/data.pkl: byte 13: refused: the pickle asks for "__builtin__.eval".'],
    ['attributes.pth', 'evil/data.pkl: byte 23: refused: the pickle sets attributes of torch FloatStorage.'],
    [
      'hugeShape.pth',
      `evil/data.pkl: byte 173: ${within} [1099511627776, 1099511627776], strides [1, 1], offset 0.`,
    ],
    ['expanded.pth', `evil/data.pkl: byte 160: ${within} [1000000000], strides [0], offset 0.`],
    ['beyond.pth', `evil/data.pkl: byte 161: ${within} [2, 2], strides [3, 1], offset 0.`],
    [
      'negative.pth',
      'evil/data.pkl: byte 164: expected a storage, an offset, a shape and strides, but found something else.',
    ],
    ['longStorage.pth', 'evil/data/0: expected 4398046511104 bytes, but found 16.'],
    ['pathKey.pth', 'evil/data/../../../etc/passwd: expected 16 bytes, but found no such member.'],
    ['bigEndian.pth', 'archive/byteorder: expected little, but found "big".'],
    ['noTensors.pth', 'expected a dict of tensors, or one under state_dict or model, but found none.'],
    [
      'wholeNetwork.pth',
      'wholeNetwork/data.pkl: byte 2: refused: the pickle asks for "torch.nn.modules.container.Sequential".',
    ],
    ['../vit-tiny.npz', 'expected one member named */data.pkl, but found 0.'],
    ['../torch.json', 'byte 0: expected a file of torch.save, starting with 504b or 80, but found 7b22.'],
  ])('refuses %s', async (name, message) => {
    await expect(openTorch(fixture(name))).rejects.toThrow(`${fixture(name)}: ${message}`);
  });
});

describe('openTorch of a damaged legacy file', () => {
  const good = readFileSync(fixture('network.legacy.pth'));

  it.each([
    [
      'is empty',
      good.subarray(0, 0),
      'byte 0: expected a file of torch.save, starting with 504b or 80, but found .',
    ],
    [
      'ends in a pickle',
      good.subarray(0, 300),
      /byte \d+: truncated: expected \d+ more bytes, but found \d+\.$/,
    ],
    ['ends in a storage', good.subarray(0, -1), /byte \d+: truncated: expected \d+ bytes of storage \d+\.$/],
    ['goes on', Buffer.concat([good, good]), /expected the file to end at byte \d+, but it has \d+\.$/],
    [
      'has a storage of another length',
      changed(good, (bytes) => bytes.writeUInt8(19, bytes.length - 7 * 8 - 4 * (18 + 2 * 5) - 8)),
      /byte \d+: expected \d+ elements, but found \d+\.$/,
    ],
    [
      'starts with other pickles',
      changed(good, (bytes) => bytes.writeUInt8(0x6d, 4)),
      'expected a little-endian file of torch.save, protocol 1001, but found another.',
    ],
  ])('refuses one that %s', async (_, bytes, message) => {
    const path = folder.join('damaged.pth');
    writeFileSync(path, bytes);
    await expect(openTorch(path)).rejects.toThrow(path);
    await expect(openTorch(path)).rejects.toThrow(message);
  });
});

function changed(bytes: Buffer, change: (bytes: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}
