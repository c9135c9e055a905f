import { CLIP_NETWORKS } from '../clip/clipNetworks.js';
import { CONVNET_NETWORKS } from '../convnet/convNetNetworks.js';
import { MOBILENET_NETWORKS } from '../mobilenet/mobileNetNetworks.js';
import { RESNET_NETWORKS } from '../resnet/resNetNetworks.js';
import { VECTOR_NETWORKS } from '../vectors/vectorBackbone.js';
import { VIT_NETWORKS } from '../vit/vitNetworks.js';
import type { CatalogueEntry } from './catalogueEntry.js';

/** Every network that can be made by its name. */
export const CATALOGUE: Readonly<Record<string, CatalogueEntry>> = {
  ...VIT_NETWORKS,
  ...RESNET_NETWORKS,
  ...MOBILENET_NETWORKS,
  ...CONVNET_NETWORKS,
  ...CLIP_NETWORKS,
  ...VECTOR_NETWORKS,
};
