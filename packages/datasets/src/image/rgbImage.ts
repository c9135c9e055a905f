/** An image of 8-bit RGB pixels. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3]; may be longer than that. */
  readonly data: Uint8Array;
}
