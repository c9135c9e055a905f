export { ConvNet, type ConvNetInitializers, type ConvNetOptions } from './convNet.js';
export { ALEXNET, vgg, type ConvNetLayer, type ConvNetPlan } from './convNetPlan.js';
