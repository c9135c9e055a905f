import { fileURLToPath } from 'node:url';
import { openWeights } from '@hash/backbones';
import { openArrays } from '@hash/core/files';
import { mutate, openWholeMat } from '@hash/core/testing';
import { mutateMember } from './mutateMember.mjs';

const files = (room, names) =>
  names.map((name) => fileURLToPath(new URL(`../../packages/${room}/fixtures/${name}`, import.meta.url)));

const core = (...names) => ({ originals: files('core', names), open: openArrays, injuries: [mutate] });
/** Injuries can make another version of a file, which HDF5 is loaded for. */
const mat = (...names) => ({
  ...core(...names),
  open: openWholeMat,
  first: files('core', ['mat/version73.mat']),
});
const weights = (...names) => ({
  originals: files('backbones', names),
  open: openWeights,
  injuries: [mutate],
});

/** An archive's checksums stop nearly all injuries: half of the copies are injured inside, with checksums that fit. */
const archives = (format) => ({ ...format, injuries: [mutate, mutateMember] });

/** Small files of each format, who reads them, and how their copies are injured. */
export const FORMATS = {
  npy: core('npz/version1.npy', 'npz/version2.npy', 'npz/version3.npy'),
  npz: archives(core('npz/stored.npz', 'npz/deflated.npz', 'npz/zip64.npz')),
  safetensors: core('written.safetensors'),
  mat: mat('mat/plain.mat', 'mat/compressed.mat', 'mat/bigEndian.mat', 'mat/structs.mat'),
  torch: archives(weights('torch/tensors.pth', 'torch/tensors.protocol4.pth', 'torch/checkpoint.pth')),
  'torch-legacy': weights('torch/tensors.legacy.pth', 'torch/network.legacy.pth'),
  torchscript: archives(weights('torch/clip-tiny.pt')),
  hdf5: core('hdf5/objects.h5'),
  mat73: mat('mat/version73.mat', 'mat/captions73.mat', 'mat/references73.mat'),
  keras: weights('keras-layers.h5'),
};
