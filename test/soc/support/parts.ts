import { nodeFiles } from "../../../src/data/node-files.js";
import type { Chip } from "../../../src/soc/chip.js";
import type { OffChipMemory } from "../../../src/soc/components/off-chip-memory.js";
import { listParts } from "../../../src/soc/part-library.js";
import type { ChipChoice } from "../../experiment/support/experiments.js";
import { chipOf } from "./chips.js";

/** Every shipped off-chip memory, as `rebit parts` shows it. */
export const memoryParts = listParts(nodeFiles).filter(({ derived }) => derived.length > 0);

/** How a test drives a part. */
export interface Driving {
  readonly part: string;
  readonly volts: number;
  readonly lanes: number;
  readonly megahertz: number;
  readonly burst?: string;
  readonly ddr?: boolean;
}

/** A chip's component that drives a part. */
export function driven({ part, lanes, megahertz, burst, ddr }: Omit<Driving, "volts">): ChipChoice["flash"] {
  const kind = memoryParts.find(({ name }) => name === part)?.kind;
  const more = [
    ...(burst === undefined ? [] : [`burst: "${burst}"`]),
    ...(ddr === undefined ? [] : [`ddr: ${ddr}`]),
  ];
  const bus = [`lanes: ${lanes}`, `clock: ${megahertz} MHz`, ...more].join(", ");
  return `{kind: ${kind}, part: ${part}, bus: {${bus}}}`;
}

/** Every way to drive the shipped parts that has a row in `rebit parts`. */
export const drivings: Driving[] = memoryParts.flatMap(({ name: part, derived }) =>
  derived.flatMap(({ name, bus, supplyVolts: volts }) =>
    name !== "bandwidth" || bus === undefined
      ? []
      : [
          {
            part,
            volts,
            lanes: bus.lanes,
            megahertz: bus.clockHertz / 1e6,
            ddr: bus.ddr,
            ...(bus.burst === "" ? {} : { burst: bus.burst }),
          },
        ],
  ),
);

export function chipWith(driving: Driving): Chip {
  return chipOf({ flash: driven(driving), volts: driving.volts });
}

export const memoryOf = (driving: Driving): OffChipMemory => chipWith(driving).offChip[0] as OffChipMemory;
