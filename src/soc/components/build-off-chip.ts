import type * as z from "zod";
import type { OriginOf } from "../costs.js";
import { buildByteMemory } from "./byte-memory.js";
import { buildFlash } from "./flash.js";
import type { framSchema } from "./fram.js";
import type { mramSchema } from "./mram.js";
import type { nandFlashSchema } from "./nand-flash.js";
import type { norFlashSchema } from "./nor-flash.js";
import type { OffChipMemory } from "./off-chip-memory.js";

/** A validated off-chip memory of any kind. */
export type OffChipConfig =
  | z.infer<typeof norFlashSchema>
  | z.infer<typeof nandFlashSchema>
  | z.infer<typeof framSchema>
  | z.infer<typeof mramSchema>;

const KINDS: readonly string[] = ["nor-flash", "nand-flash", "fram", "mram"];

/** Tells off-chip memories from other components, in a chip or in a part. */
export function isOffChip<C extends { readonly kind: string }>(
  component: C,
): component is Extract<C, { readonly kind: OffChipMemory["kind"] }> {
  return KINDS.includes(component.kind);
}

/**
 * A memory with every cost resolved.
 * @throws DriveError if the bus does not fit the part; SupplyError if the chip's supply does not.
 */
export function buildOffChip(
  name: string,
  config: OffChipConfig,
  supplyVolts: number,
  originOf: OriginOf,
): OffChipMemory {
  if (config.kind === "fram" || config.kind === "mram") {
    return buildByteMemory(config.kind, name, config, supplyVolts, originOf);
  }
  return buildFlash(config.kind, name, config, supplyVolts, originOf);
}
