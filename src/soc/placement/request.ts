import type { TensorSpec } from "../../firmware/tensors.js";
import type { CopyCycles } from "../moves.js";
import type { PlacementDocument } from "./file-schema.js";
import type { Objective } from "./prices.js";
import type { Uses } from "./uses.js";

/** What is placed where by request. */
export interface PlacementRequest {
  readonly tensors: readonly TensorSpec[];
  readonly codeBytes: number;
  /** Component that holds the samples, if a memory does. */
  readonly samplesIn: string | undefined;
  readonly objective: Objective;
  /** Rows off chip pass through two buffers each. */
  readonly isDoubleBuffered: boolean;
  /** What a training does with tensors that may lie off chip; asked for only if something has to. */
  readonly uses: () => Uses;
  /** Core cycles of copying, where the chip has no DMA engine. */
  readonly copyCycles: CopyCycles;
  /** What a placement file says, in place of a search. */
  readonly fixed?: PlacementDocument | undefined;
}
