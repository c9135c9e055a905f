export { __camel__ConfigSchema, type __Pascal__Config } from './config.js';
export { lossTerms } from './lossTerms.js';
export { __camel__ } from './method.js';
export { __Pascal__Network } from './network.js';
export { __camel__Loss } from './__camel__Loss.js';
export { __Pascal__Trainer } from './trainer.js';
