import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

interface PackageJson {
  readonly version: string;
  readonly engines: { readonly node: string };
}

/** The version of an installed package. */
export function packageVersion(name: string): string {
  return readPackage(name).version;
}

/** The versions of Node.js that a package supports. */
export function packageEngines(name: string): string {
  return readPackage(name).engines.node;
}

/** What a run was made with. */
export function versionsInUse(): Readonly<Record<string, string>> {
  const packages = ['@hash/runner', '@hash/core', '@hash/backbones', '@hash/datasets', '@tensorflow/tfjs'];
  return {
    node: process.version,
    ...Object.fromEntries(packages.map((name) => [name, packageVersion(name)])),
  };
}

function readPackage(name: string): PackageJson {
  return require(`${name}/package.json`) as PackageJson;
}
