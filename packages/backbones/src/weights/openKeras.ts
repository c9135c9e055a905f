import { openHdf5, type ArrayFile } from '@hash/core/files';

/**
 * Opens weights that Keras saved as HDF5, alone or with their model. Arrays are named by layer and weight, as in
 * `block_1_expand/kernel`, however deep they lie in the file.
 *
 * @throws Error  that names the file, where it is damaged or two of its arrays have one name
 */
export async function openKeras(path: string): Promise<ArrayFile> {
  const file = await openHdf5(path);
  try {
    const places = placesByName(file);
    return {
      path,
      arrays: new Map([...places].map(([name, place]) => [name, file.arrays.get(place)!])),
      read: (name) => file.read(places.get(name) ?? name),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Of a whole model's file only the weights: the state of its optimiser lies beside them. */
function placesByName({ path, arrays }: ArrayFile): ReadonlyMap<string, string> {
  const all = [...arrays.keys()];
  const ofModel = all.filter((place) => place.startsWith('model_weights/'));
  const places = new Map<string, string>();
  for (const place of ofModel.length > 0 ? ofModel : all) {
    const name = place.split('/').slice(-2).join('/').replace(/:0$/, '');
    const other = places.get(name);
    if (other !== undefined)
      throw new Error(`${path}: expected one array ${name}, but found ${other} and ${place}.`);
    places.set(name, place);
  }
  return places;
}
