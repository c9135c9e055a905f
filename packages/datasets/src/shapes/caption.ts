import type { Background, PlacedShape, Scene } from './scene.js';

/** What the picture shows, in as many ways as we know to say it; the first is the plainest. */
export function captions(scene: Scene): readonly string[] {
  const { pattern, colorName } = scene.background;
  const objects = enumerate(scene.objects.map((object) => `a ${describe(object)}`));
  const background = `a ${pattern} ${colorName} background`;
  return [
    `${objects} on ${background}`,
    `${background} with ${objects}`,
    `${enumerate(scene.objects.map(describe))}, in front of ${ground(scene.background)}`,
  ];
}

function describe({ shape, colorName, relativeSize }: PlacedShape): string {
  return `${sizeWord(relativeSize)} ${colorName} ${shape}`;
}

function sizeWord(relativeSize: number): string {
  if (relativeSize < 1 / 3) return 'small';
  return relativeSize < 2 / 3 ? 'medium-sized' : 'big';
}

function ground({ pattern, colorName }: Background): string {
  const nouns = {
    plain: 'nothing but',
    shaded: 'a fading',
    striped: 'stripes of',
    checked: 'squares of',
    dotted: 'dots on',
    cloudy: 'clouds of',
  };
  return `${nouns[pattern]} ${colorName}`;
}

function enumerate(parts: readonly string[]): string {
  return parts.length < 3 ? parts.join(' and ') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
