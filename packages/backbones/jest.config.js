import preset, { onEngine } from '../../jest.preset.js';

export default { ...preset, ...onEngine('onnxruntime'), displayName: 'backbones' };
