/** The gray of a packed pixel, 0 to 255: ITU-R 601-2 luma in Pillow's fixed point. */
export function luminance(pixel: number): number {
  return (19595 * (pixel & 255) + 38470 * ((pixel >> 8) & 255) + 7471 * (pixel >> 16) + 0x8000) >> 16;
}
