import type * as z from "zod";
import { cost } from "../config/cost-field.js";
import { either, oneOf, quantity, record, strict, text } from "../config/fields.js";
import { suggest } from "../config/suggest.js";
import { batterySchema } from "./components/battery.js";
import type { CoreDomain } from "./core-domain.js";
import { type Figure, given, type OriginOf } from "./costs.js";

export const supplySchema = strict(
  {
    voltage: quantity("voltage", { doc: "Supply of the off-chip parts.", exclusiveMin: 0 }),
    battery: either([text({ doc: "Name or path of a part." }), batterySchema], {
      doc: "The battery: the name or path of a part such as CR2032, or its fields.",
    }).optional(),
    efficiency: cost("ratio", {
      doc: "Share of the battery's energy that arrives at the supply, through a converter; without it, all.",
      exclusiveMin: 0,
      max: 1,
    }).optional(),
    core: strict(
      {
        voltage: quantity("voltage", {
          doc: "Voltage at which the figures of the core's domain are stated; it holds without an operating point.",
          exclusiveMin: 0,
        }),
        low: quantity("voltage", {
          doc: "Lowest voltage of an operating point.",
          exclusiveMin: 0,
        }).optional(),
        high: quantity("voltage", {
          doc: "Highest voltage of an operating point.",
          exclusiveMin: 0,
        }).optional(),
        regulator: oneOf(["none", "linear"], {
          doc: "linear: the domain's charge is drawn at the supply's voltage, so its share voltage / supply arrives.",
        }).default("none"),
      },
      { doc: "The core's voltage domain: the core, and what says `domain: core`." },
    ).optional(),
  },
  { doc: "Supply." },
);

export const operatingPointsSchema = record(
  strict(
    {
      voltage: quantity("voltage", {
        doc: "Voltage of the core's domain; dynamic energies scale with its square over supply.core.voltage.",
        exclusiveMin: 0,
      }),
      clocks: record(quantity("frequency", { doc: "Clock frequency.", exclusiveMin: 0 }), {
        doc: "Clocks by name, in place of those of the chip.",
      }).default({}),
    },
    { doc: "A voltage of the core's domain and the clocks that go with it." },
  ),
  { doc: "Operating points by name." },
);

export type SupplyConfig = z.infer<typeof supplySchema>;
type OperatingPoints = z.infer<typeof operatingPointsSchema>;

/** How energy gets from the battery to what uses it. */
export interface Supply {
  readonly volts: number;
  /** The operating point's name, if the chip has some. */
  readonly operatingPoint: string | undefined;
  readonly core: CoreDomain | undefined;
  /** Share of the battery's energy that arrives at the supply; undefined: taken as 1. */
  readonly efficiency: Figure | undefined;
  /** Share of the supply's energy that arrives in the core's domain. */
  readonly coreEfficiency: number;
}

/** What says which voltage and clocks a chip has. */
interface PowerConfig {
  readonly supply: SupplyConfig;
  readonly clocks: Readonly<Record<string, number>>;
  readonly operatingPoints?: OperatingPoints | undefined;
  readonly operatingPoint?: string | undefined;
}

export type ReportProblem = (
  path: readonly string[],
  code: string,
  message: string,
  suggestion?: string,
) => void;

/** Voltages, efficiencies and clocks of the chosen operating point; contradictions in any point are reported. */
export function resolveSupply(
  config: PowerConfig,
  originOf: OriginOf,
  report: ReportProblem,
): { supply: Supply; clocks: Readonly<Record<string, number>> } {
  const { supply, operatingPoints = {} } = config;
  const { core } = supply;
  const names = Object.keys(operatingPoints);
  if (core !== undefined) checkRange(core, supply.voltage, report);
  for (const [name, { voltage }] of Object.entries(operatingPoints)) {
    const path = ["operatingPoints", name, "voltage"];
    if (core === undefined) {
      const message = `operating points need supply.core.voltage: the voltage at which the core's energy is stated`;
      report(path, "missing-key", message);
    } else checkVoltage(voltage, core, supply.voltage, path, report);
  }
  const chosen = config.operatingPoint;
  if (chosen === undefined && names.length > 0) {
    report(
      ["operatingPoints"],
      "missing-key",
      `expected operatingPoint, the one that holds: ${names.join(", ")}`,
    );
  }
  const point =
    chosen !== undefined && Object.hasOwn(operatingPoints, chosen) ? operatingPoints[chosen] : undefined;
  if (chosen !== undefined && point === undefined) {
    const known = names.length === 0 ? "the chip has none" : `operating points: ${names.join(", ")}`;
    const message = `there is no operating point "${chosen}"; ${known}`;
    report(["operatingPoint"], "unknown-value", message, suggest(chosen, names));
  }
  // Without a valid choice, which is reported, the first point serves, so that nothing follows from it.
  const [first] = Object.values(operatingPoints);
  const { voltage: volts = core?.voltage, clocks = {} } = point ?? first ?? {};
  return {
    clocks: { ...config.clocks, ...clocks },
    supply: {
      volts: supply.voltage,
      operatingPoint: point === undefined ? undefined : chosen,
      core: core === undefined || volts === undefined ? undefined : { nominalVolts: core.voltage, volts },
      efficiency: supply.efficiency && given(supply.efficiency, originOf(["supply", "efficiency"])),
      coreEfficiency: core?.regulator === "linear" && volts !== undefined ? volts / supply.voltage : 1,
    },
  };
}

type CoreConfig = NonNullable<SupplyConfig["core"]>;

function checkRange(core: CoreConfig, supplyVolts: number, report: ReportProblem): void {
  const { low = 0, high = Number.POSITIVE_INFINITY } = core;
  if (low > high) {
    const message = `the lowest voltage, ${low} V, lies above the highest, ${high} V`;
    report(["supply", "core", "low"], "does-not-fit", message);
  } else checkVoltage(core.voltage, core, supplyVolts, ["supply", "core", "voltage"], report);
}

function checkVoltage(
  volts: number,
  { low = 0, high = Number.POSITIVE_INFINITY, regulator }: CoreConfig,
  supplyVolts: number,
  path: readonly string[],
  report: ReportProblem,
): void {
  if (volts < low || volts > high) {
    const upper = high === Number.POSITIVE_INFINITY ? "" : ` to ${high} V`;
    report(path, "out-of-range", `the core's domain runs at ${low} V${upper}; found ${volts} V`);
  } else if (regulator === "linear" && volts > supplyVolts) {
    const message = `a linear regulator cannot make ${volts} V from a supply of ${supplyVolts} V`;
    report(path, "does-not-fit", message);
  }
}
