import type { DatasetInfo } from './datasetInfo.js';

const DRAWN = {
  modalities: ['image', 'text'],
  source: null,
  licence: 'MIT, drawn by the program',
  readme: 'shapes',
} as const;

const CIFAR = {
  modalities: ['image'],
  source: 'https://www.cs.toronto.edu/~kriz/cifar.html',
  licence: 'none stated; cite Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009',
} as const;

const NUSWIDE = {
  source: 'https://lms.comp.nus.edu.sg/wp-content/uploads/2019/research/nuswide/NUS-WIDE.html',
  licence: 'research; photographs from Flickr, of their owners; cite Chua et al., CIVR 2009',
  readme: 'nuswide',
} as const;

const COCO = {
  source: 'https://cocodataset.org',
  licence: 'annotations CC BY 4.0; photographs from Flickr, of their owners; cite Lin et al., ECCV 2014',
  readme: 'coco',
} as const;

const MIRFLICKR = {
  source: 'https://press.liacs.nl/mirflickr',
  licence: 'photographs under Creative Commons licences of their owners; cite Huiskes & Lew, MIR 2008',
  readme: 'mirflickr',
} as const;

const CARS = {
  modalities: ['image'],
  source: 'https://ai.stanford.edu/~jkrause/cars/car_dataset.html',
  licence: 'research only; cite Krause et al., 3dRR 2013',
  readme: 'cars',
} as const;

const NABIRDS = {
  modalities: ['image'],
  source: 'https://dl.allaboutbirds.org/nabirds',
  licence: "research only, on the Cornell Lab of Ornithology's terms; cite Van Horn et al., CVPR 2015",
  readme: 'nabirds',
} as const;

const OWN = { counts: null, source: null, licence: 'your own' } as const;

/** All data sets by name. */
export const INFOS = {
  shapes: { ...DRAWN, title: 'one shape in each picture', counts: null },
  'shapes-multi': { ...DRAWN, title: 'up to three shapes in each picture', counts: null },
  cifar10: {
    ...CIFAR,
    title: 'CIFAR-10, database without train',
    counts: { classes: 10, query: 1000, train: 5000, database: 54_000 },
    readme: 'cifar10',
  },
  'cifar10-1': {
    ...CIFAR,
    title: 'CIFAR-10, database with train',
    counts: { classes: 10, query: 1000, train: 5000, database: 59_000 },
    readme: 'cifar10',
  },
  'cifar10-2': {
    ...CIFAR,
    title: 'CIFAR-10, all but the queries for training',
    counts: { classes: 10, query: 10_000, train: 50_000, database: 50_000 },
    readme: 'cifar10',
  },
  cifar100: {
    ...CIFAR,
    title: 'CIFAR-100, split of SHC',
    counts: { classes: 100, query: 5000, train: 10_000, database: 45_000 },
    readme: 'cifar100',
  },
  'cifar100-official': {
    ...CIFAR,
    title: 'CIFAR-100, test and train images',
    counts: { classes: 100, query: 10_000, train: 50_000, database: 50_000 },
    readme: 'cifar100',
  },
  wikipedia: {
    title: 'UCSD Wikipedia articles, texts as topics',
    modalities: ['image', 'text'],
    counts: { classes: 10, query: 693, train: 2173, database: 2173 },
    source: 'http://www.svcl.ucsd.edu/projects/crossmodal',
    licence: 'none stated, for research; cite Rasiwasia et al., ACM MM 2010',
    readme: 'wikipedia',
  },
  nuswide_21: {
    ...NUSWIDE,
    title: 'NUS-WIDE, the 21 most frequent concepts',
    modalities: ['image'],
    counts: { classes: 21, query: 2100, train: 10_500, database: 193_734 },
  },
  nuswide_21_m: {
    ...NUSWIDE,
    title: "NUS-WIDE, 21 concepts, lists of HashNet's images",
    modalities: ['image'],
    counts: { classes: 21, query: 2100, train: 10_500 },
  },
  nuswide_10: {
    ...NUSWIDE,
    title: 'NUS-WIDE, the 10 most frequent concepts',
    modalities: ['image'],
    counts: { classes: 10, query: 5000, train: 5000, database: 181_577 },
  },
  nuswide_81_m: {
    ...NUSWIDE,
    title: 'NUS-WIDE, all 81 concepts, lists of HashNet',
    modalities: ['image'],
    counts: { classes: 81, query: 5000, train: 10_000 },
  },
  coco: {
    ...COCO,
    title: 'MS COCO 2014',
    modalities: ['image'],
    counts: { classes: 80, query: 5000, train: 10_000, database: 117_218 },
  },
  imagenet: {
    title: 'ImageNet, 100 classes, lists of HashNet',
    modalities: ['image'],
    counts: { classes: 100, query: 5000, train: 13_000, database: 128_503 },
    source: 'https://www.image-net.org',
    licence: "research only, on ImageNet's terms of access; cite Russakovsky et al., IJCV 2015",
    readme: 'imagenet',
  },
  mirflickr: {
    ...MIRFLICKR,
    title: 'MIRFlickr-25K, 38 labels, database without train',
    modalities: ['image'],
    counts: { classes: 38, query: 1000, train: 4000, database: 20_000 },
  },
  mirflickr_24: {
    ...MIRFLICKR,
    title: 'MIRFlickr-25K, 24 labels, database with train',
    modalities: ['image'],
    counts: { classes: 24, query: 2000, train: 5000, database: 23_000 },
  },
  voc2012: {
    title: 'PASCAL VOC 2012',
    modalities: ['image'],
    counts: { classes: 20, query: 1000, train: 4000, database: 6540 },
    source: 'http://host.robots.ox.ac.uk/pascal/VOC/voc2012',
    licence: "photographs on Flickr's terms of use; cite Everingham et al.",
    readme: 'voc2012',
  },
  'cars-a': {
    ...CARS,
    title: 'Stanford Cars, official split',
    counts: { classes: 196, query: 8041, train: 8144, database: 8144 },
  },
  'cars-b': {
    ...CARS,
    title: 'Stanford Cars, disjoint parts (SHC)',
    counts: { classes: 196, query: 1958, train: 5880, database: 8347 },
  },
  'nabirds-a': {
    ...NABIRDS,
    title: 'NABirds, official split',
    counts: { classes: 555, query: 24_633, train: 23_929, database: 23_929 },
  },
  'nabirds-b': {
    ...NABIRDS,
    title: 'NABirds, 30 of each class for training (SHC)',
    counts: { classes: 555, query: 8171, train: 16_384, database: 25_612 },
  },
  'coco-captions': {
    ...COCO,
    title: 'MS COCO 2017 with captions',
    modalities: ['image', 'text'],
    counts: { classes: 80, query: 5000, train: 10_000, database: 117_218 },
  },
  'mirflickr-tags': {
    ...MIRFLICKR,
    title: 'MIRFlickr-25K with tags',
    modalities: ['image', 'text'],
    counts: { classes: 24, query: 5000, train: 10_000, database: 19_581 },
  },
  'nuswide-tags': {
    ...NUSWIDE,
    title: 'NUS-WIDE, 21 concepts, with tags',
    modalities: ['image', 'text'],
    counts: { classes: 21, query: 5000, train: 10_000, database: 190_834 },
  },
  'mirflickr-dcmh': {
    ...MIRFLICKR,
    title: 'MIRFlickr-25K, files of DCMH, split of DJSRH',
    modalities: ['image', 'text'],
    counts: { classes: 24, query: 2000, train: 5000, database: 18_015 },
  },
  'nuswide-dcmh': {
    ...NUSWIDE,
    title: 'NUS-WIDE, 10 concepts, files of DCMH, split of DJSRH',
    modalities: ['image', 'text'],
    counts: { classes: 10, query: 2000, train: 5000, database: 184_577 },
  },
  pairs: {
    ...OWN,
    title: 'your own index.mat, caption.mat and label.mat',
    modalities: ['image', 'text'],
    readme: 'pairs',
  },
  files: { ...OWN, title: 'your own lists of images', modalities: ['image'], readme: 'files' },
  folder: {
    ...OWN,
    title: 'your own images, a folder for each class',
    modalities: ['image'],
    readme: 'folder',
  },
  manifest: {
    ...OWN,
    title: 'your own images, with texts or without, a line of JSON for each',
    modalities: ['image', 'text'],
    readme: 'manifest',
  },
} as const satisfies Readonly<Record<string, DatasetInfo>>;

export type DatasetName = keyof typeof INFOS;
