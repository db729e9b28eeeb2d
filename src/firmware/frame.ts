/** One loop that encloses a statement, restricted to its full tiles or to its tail tile. */
export interface Frame {
  readonly variable: string;
  /** Value of the variable in the first tile. */
  readonly start: number;
  readonly step: number;
  readonly trips: number;
  /** Elements of each tile: `step`, or less in the tail. */
  readonly size: number;
  /** Executions of each row in a loop over updated rows; absent in other loops. */
  readonly rowTimes: readonly number[] | undefined;
}

/** Splits a loop of `extent` elements into its full tiles and its tail. */
export function framesOf(variable: string, extent: number, step: number): Frame[] {
  const full = Math.floor(extent / step);
  const tail = extent - full * step;
  const frames: Frame[] = [];
  const common = { variable, step, rowTimes: undefined };
  if (full > 0) frames.push({ ...common, start: 0, trips: full, size: step });
  if (tail > 0) frames.push({ ...common, start: full * step, trips: 1, size: tail });
  return frames;
}

/**
 * A tail tile uses its real size: a number that describes full tiles, scaled to the tiles at hand and rounded up.
 *
 * @example
 * scaleToTiles(32, [{ step: 32, size: 16 }]); // 16
 */
export function scaleToTiles(value: number, frames: readonly Pick<Frame, "step" | "size">[]): number {
  let numerator = value;
  let denominator = 1;
  for (const { step, size } of frames) {
    if (size === step) continue;
    numerator *= size;
    denominator *= step;
  }
  return denominator === 1 ? value : Math.ceil(numerator / denominator);
}
