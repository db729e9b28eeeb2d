/** What a tensor name of a kernel stands for in one invocation: a view of a placed tensor. */
export interface Binding {
  /** The placed tensor, by its name in reports. */
  readonly tensor: string;
  /** Extent of each index, outermost first. */
  readonly dimensions: readonly number[];
  readonly elementBits: number;
  /** Bit offset of element 0 within the placed tensor. */
  readonly firstBit: number;
  /**
   * Row of the placed tensor that index 0 of the view's first dimension is, if the tensor may be spilled by rows;
   * `"sample"` if a row is a sample, visited once an invocation.
   */
  readonly rows?: { readonly first: number; readonly count: number } | "sample";
}

export type Bindings = Readonly<Record<string, Binding>>;

/** Elements between consecutive values of each index. */
export function strides(dimensions: readonly number[]): number[] {
  const result = new Array<number>(dimensions.length).fill(1);
  for (let d = dimensions.length - 2; d >= 0; d -= 1) {
    result[d] = (result[d + 1] ?? 1) * (dimensions[d + 1] ?? 1);
  }
  return result;
}

/** Elements of a view. */
export function sizeOf({ dimensions }: Binding): number {
  return dimensions.reduce((product, extent) => product * extent, 1);
}
