export * from './catalogue/index.js';
export * from './clip/index.js';
export * from './files/index.js';
export * from './mobilenet/index.js';
export * from './resnet/index.js';
export * from './tokenizer/index.js';
export * from './vit/index.js';
export * from './weights/index.js';
