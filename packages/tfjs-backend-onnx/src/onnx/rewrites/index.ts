export { fuseBias } from './fuseBias.js';
export { fuseGelu } from './fuseGelu.js';
export { fuseLayerNorm } from './fuseLayerNorm.js';
export { GraphView } from './graphView.js';
export { removeUnread } from './removeUnread.js';
