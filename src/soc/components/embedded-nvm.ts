import * as z from "zod";
import { cost } from "../../config/cost-field.js";
import { quantity, strict } from "../../config/fields.js";
import { type CoreDomain, domainField } from "../core-domain.js";
import { atVoltage, type Figure, given, type OriginOf, placeholder } from "../costs.js";
import { fromField } from "../from-field.js";

export const embeddedNvmSchema = strict(
  {
    kind: z.literal("embedded-nvm"),
    ...fromField,
    capacity: quantity("capacity", { doc: "Size of the code memory.", exclusiveMin: 0 }),
    width: quantity("width", { doc: "Bits of one access.", exclusiveMin: 0 }),
    accessTime: quantity("time", {
      doc: "Time of one access, which the core waits for beyond what it executes meanwhile. Without it an access takes a cycle.",
      exclusiveMin: 0,
    }).optional(),
    ...domainField,
    energy: strict(
      { read: cost("energyPerAccess", { doc: "Energy of one access." }) },
      { doc: "Energy by action." },
    ).optional(),
    power: strict(
      {
        on: cost("power", { doc: "Static power." }),
        sleep: cost("power", {
          doc: "While the device sleeps between duty cycles; without it, `on`.",
        }).optional(),
      },
      { doc: "Power by state." },
    ).optional(),
  },
  { doc: "Embedded flash that holds the code. Actions: read. States: on, sleep." },
);

/** The code memory: read by instruction fetches. */
export interface EmbeddedNvm {
  readonly kind: "embedded-nvm";
  readonly name: string;
  readonly capacityBytes: number;
  readonly widthBits: number;
  /** Undefined: a core cycle. */
  readonly accessSeconds: number | undefined;
  readonly actions: { readonly read: Figure };
  readonly states: { readonly on?: Figure; readonly sleep?: Figure };
  readonly inCoreDomain: boolean;
}

/**
 * No figure for an embedded-flash access at these nodes was found. The rule of thumb "about three SRAM reads"
 * (elektroniknet.de) on CACTI's 65 nm lstp 64 KiB bank (17.5 pJ) gives this guess.
 */
export const READ_GUESS_JOULES = 52e-12;

export function buildEmbeddedNvm(
  name: string,
  config: z.infer<typeof embeddedNvmSchema>,
  domain: CoreDomain | undefined,
  originOf: OriginOf,
): EmbeddedNvm {
  const guess = placeholder(
    READ_GUESS_JOULES,
    "placeholder: three times a 64 KiB SRAM read; give energy.read",
  );
  const { energy, power } = config;
  const read = energy === undefined ? guess : given(energy.read, originOf(["energy", "read"]));
  return {
    kind: "embedded-nvm",
    name,
    capacityBytes: config.capacity,
    widthBits: config.width,
    accessSeconds: config.accessTime,
    inCoreDomain: config.domain === "core",
    actions: { read: config.domain === "core" ? atVoltage(read, domain) : read },
    states:
      power === undefined
        ? {}
        : {
            on: given(power.on, originOf(["power", "on"])),
            ...(power.sleep === undefined ? {} : { sleep: given(power.sleep, originOf(["power", "sleep"])) }),
          },
  };
}
