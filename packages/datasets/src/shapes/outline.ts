/** How far a point is from the edge of a shape: negative inside, in units of the shape's radius. y points down. */
export type Outline = (x: number, y: number) => number;

/** No shape reaches farther than this from its centre. */
export const REACH = 1.12;

/**
 * The shapes, upright and about as large as the unit circle. They are built from +, -, *, / and the square root alone,
 * which round the same way on every machine.
 */
export const OUTLINES = {
  circle: circle(0, 0, 0.92),
  square: polygon([-0.78, -0.78, 0.78, -0.78, 0.78, 0.78, -0.78, 0.78]),
  triangle: polygon([0, -1.08, 0.94, 0.56, -0.94, 0.56]),
  star: polygon(starCorners(1.08, 0.45)),
  cross: polygon([
    ...[-0.32, -1, 0.32, -1, 0.32, -0.32, 1, -0.32, 1, 0.32, 0.32, 0.32],
    ...[0.32, 1, -0.32, 1, -0.32, 0.32, -1, 0.32, -1, -0.32, -0.32, -0.32],
  ]),
  ring: ring(0.7, 0.24),
  heart: union(
    polygon([0, 0.96, 0.84, 0.12, 0, -0.72, -0.84, 0.12]),
    circle(-0.42, -0.3, 0.42 * Math.SQRT2),
    circle(0.42, -0.3, 0.42 * Math.SQRT2),
  ),
  crescent: difference(circle(0.1, 0, 1), circle(0.56, -0.12, 0.8)),
  arrow: polygon([-1, -0.3, 0.08, -0.3, 0.08, -0.82, 1.05, 0, 0.08, 0.82, 0.08, 0.3, -1, 0.3]),
  hexagon: polygon([0.96, 0, 0.48, 0.83, -0.48, 0.83, -0.96, 0, -0.48, -0.83, 0.48, -0.83]),
  drop: union(circle(0, 0.32, 0.64), polygon([0, -1.08, 0.5692, 0.0274, -0.5692, 0.0274])),
  bolt: polygon([0.17, -1, -0.63, 0.15, -0.09, 0.15, -0.28, 1, 0.63, -0.28, 0.07, -0.28, 0.46, -1]),
} satisfies Record<string, Outline>;

export type ShapeName = keyof typeof OUTLINES;

/** The classes of the data set in their order. */
export const SHAPE_NAMES = Object.keys(OUTLINES) as readonly ShapeName[];

function circle(centerX: number, centerY: number, radius: number): Outline {
  return (x, y) => length(x - centerX, y - centerY) - radius;
}

function ring(radius: number, halfWidth: number): Outline {
  return (x, y) => Math.abs(length(x, y) - radius) - halfWidth;
}

function union(...outlines: readonly Outline[]): Outline {
  return (x, y) => outlines.reduce((nearest, outline) => Math.min(nearest, outline(x, y)), Infinity);
}

function difference(whole: Outline, hole: Outline): Outline {
  return (x, y) => Math.max(whole(x, y), -hole(x, y));
}

/**
 * The distance to the nearest edge, negative where a ray to the right crosses the edges an odd number of times.
 *
 * @param corners  x0, y0, x1, y1, ...
 */
function polygon(corners: readonly number[]): Outline {
  return (x, y) => {
    let nearestSquared = Infinity;
    let inside = false;
    let fromX = corners.at(-2)!;
    let fromY = corners.at(-1)!;
    for (let i = 0; i < corners.length; i += 2) {
      const toX = corners[i]!;
      const toY = corners[i + 1]!;
      const edgeX = toX - fromX;
      const edgeY = toY - fromY;
      const along = ((x - fromX) * edgeX + (y - fromY) * edgeY) / (edgeX * edgeX + edgeY * edgeY);
      const share = Math.min(1, Math.max(0, along));
      const dx = x - fromX - share * edgeX;
      const dy = y - fromY - share * edgeY;
      nearestSquared = Math.min(nearestSquared, dx * dx + dy * dy);
      if (fromY > y !== toY > y && x < fromX + (edgeX * (y - fromY)) / edgeY) inside = !inside;
      fromX = toX;
      fromY = toY;
    }
    return inside ? -Math.sqrt(nearestSquared) : Math.sqrt(nearestSquared);
  };
}

/** Five points, the first upwards: outer and inner corners by turns. */
function starCorners(outer: number, inner: number): number[] {
  // One step of 36 degrees, in closed form.
  const cos = (1 + Math.sqrt(5)) / 4;
  const sin = Math.sqrt(10 - 2 * Math.sqrt(5)) / 4;
  const corners: number[] = [];
  let [x, y] = [0, -1];
  for (let i = 0; i < 10; i++) {
    const radius = i % 2 === 0 ? outer : inner;
    corners.push(x * radius, y * radius);
    [x, y] = [x * cos - y * sin, x * sin + y * cos];
  }
  return corners;
}

function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
