import * as z from "zod";
import { cost } from "../../config/cost-field.js";
import { quantity, strict } from "../../config/fields.js";
import { type Figure, given, type OriginOf } from "../costs.js";
import { partField } from "../part-field.js";

export const batterySchema = strict(
  {
    kind: z.literal("battery"),
    ...partField,
    charge: cost("charge", { doc: "Nominal charge.", exclusiveMin: 0 }),
    voltage: cost("voltage", { doc: "Nominal voltage.", exclusiveMin: 0 }),
    selfDischarge: cost("lossRate", {
      doc: "Share of the nominal charge that is lost in a time, whatever the load; without it, none.",
    }).optional(),
    continuousCurrent: cost("current", { doc: "Highest current that it may give for long." }).optional(),
    peakCurrent: cost("current", { doc: "Highest current that it may give for a moment." }).optional(),
    cutoff: quantity("voltage", {
      doc: "Voltage down to which the charge is stated; parts that need more cannot use all of it.",
      exclusiveMin: 0,
    }).optional(),
  },
  { doc: "A battery: charge x nominal voltage is the energy of one charge." },
);

/** A battery: it gives its energy at its nominal voltage, whatever the current. */
export interface Battery {
  readonly kind: "battery";
  readonly name: string;
  readonly capacityJoules: number;
  readonly volts: number;
  /** Share of the nominal charge lost in a year of 365.25 days, whatever the load. */
  readonly selfDischargePerYear: Figure | undefined;
  /** Amperes. */
  readonly continuousCurrent: Figure | undefined;
  readonly peakCurrent: Figure | undefined;
  /** Volts down to which the charge is stated. */
  readonly cutoffVolts: number | undefined;
  readonly status: string;
  readonly source: string;
}

export function buildBattery(
  name: string,
  config: z.infer<typeof batterySchema>,
  originOf: OriginOf,
): Battery {
  const figure = (key: "selfDischarge" | "continuousCurrent" | "peakCurrent"): Figure | undefined =>
    config[key] && given(config[key], originOf([key]));
  return {
    kind: "battery",
    name,
    capacityJoules: config.charge.value * config.voltage.value,
    volts: config.voltage.value,
    selfDischargePerYear: figure("selfDischarge"),
    continuousCurrent: figure("continuousCurrent"),
    peakCurrent: figure("peakCurrent"),
    cutoffVolts: config.cutoff,
    status: config.charge.status,
    source: config.charge.source,
  };
}
