import type { TensorSpec } from "../../firmware/tensors.js";
import type { Chip } from "../chip.js";
import { blockBytesOf, bytesOf, type Item } from "./items.js";
import { type Offsets, placeOffsets } from "./offsets.js";

/** All of the tensors whole on chip, but for those that lie off chip as a whole. */
export function placeAll(
  tensors: readonly TensorSpec[],
  chip: Chip,
): { readonly items: Item[]; readonly offsets: Offsets } {
  const items = tensors
    .filter(({ where }) => where !== "offChip")
    .map(({ name: tensor, bits, from, to }) => ({ tensor, bytes: bytesOf(bits), from, to }));
  return { items, offsets: placeOffsets(items, blockBytesOf(chip)) };
}
