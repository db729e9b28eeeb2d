import * as z from "zod";
import { cost } from "../../config/cost-field.js";
import { integer, quantity, strict } from "../../config/fields.js";
import { type Figure, given, type OriginOf, placeholder } from "../costs.js";
import { fromField } from "../from-field.js";

export const dmaSchema = strict(
  {
    kind: z.literal("dma"),
    ...fromField,
    channels: integer({
      doc: "Transfers that run at once beside the core, with `buffering: double`. One lasts until the part has programmed what it brought.",
      min: 1,
      max: 64,
    }).default(1),
    burst: quantity("capacity", {
      doc: "Bytes moved at a time; costs are by byte and do not depend on it.",
      exclusiveMin: 0,
    }).default(16),
    energy: strict(
      { transfer: cost("energyPerByte", { doc: "Energy of moving one byte, without the memories." }) },
      { doc: "Energy by action." },
    ).optional(),
  },
  { doc: "A DMA engine: moves data while the core sleeps. Actions: transfer (bytes)." },
);

/** A DMA engine. */
export interface Dma {
  readonly kind: "dma";
  readonly name: string;
  /** Transfers that run at once. */
  readonly channels: number;
  readonly actions: { readonly transfer: Figure };
}

/**
 * No published energy was found. "DMA enabled" adds about 0.1 mA at 3 V and 48 MHz on CC2340R2 (TI SWRS282),
 * 6 pJ a cycle; a byte a cycle gives this guess.
 */
export const TRANSFER_GUESS_JOULES = 6e-12;

export function buildDma(name: string, config: z.infer<typeof dmaSchema>, originOf: OriginOf): Dma {
  const guess = placeholder(
    TRANSFER_GUESS_JOULES,
    "placeholder: 6 pJ/cycle of CC2340R2 (TI SWRS282) at a byte a cycle",
  );
  return {
    kind: "dma",
    name,
    channels: config.channels,
    actions: {
      transfer:
        config.energy === undefined ? guess : given(config.energy.transfer, originOf(["energy", "transfer"])),
    },
  };
}
