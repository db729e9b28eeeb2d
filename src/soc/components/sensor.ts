import * as z from "zod";
import { cost } from "../../config/cost-field.js";
import { quantity, strict } from "../../config/fields.js";
import { type Figure, given, type OriginOf, placeholder } from "../costs.js";
import { fromField } from "../from-field.js";
import { partField } from "../part-field.js";

export const sensorSchema = strict(
  {
    kind: z.literal("sensor"),
    ...partField,
    ...fromField,
    rate: quantity("dataRate", { doc: "Data delivered over its interface.", exclusiveMin: 0 }),
    energy: strict(
      { read: cost("energyPerByte", { doc: "Energy of one byte, beside the powers." }) },
      { doc: "Energy by action." },
    ).optional(),
    power: strict(
      {
        active: cost("power", { doc: "While it delivers a sample." }),
        standby: cost("power", { doc: "At all other times." }),
      },
      { doc: "Power by state." },
    ),
  },
  { doc: "A sensor that streams samples. Actions: read (bytes). States: active, standby." },
);

/** A sensor that streams samples again in each epoch. */
export interface Sensor {
  readonly kind: "sensor";
  readonly name: string;
  readonly bytesPerSecond: number;
  readonly actions: { readonly read?: Figure };
  readonly states: { readonly active: Figure; readonly standby: Figure };
}

export function buildSensor(name: string, config: z.infer<typeof sensorSchema>, originOf: OriginOf): Sensor {
  return {
    kind: "sensor",
    name,
    bytesPerSecond: config.rate,
    actions:
      config.energy === undefined ? {} : { read: given(config.energy.read, originOf(["energy", "read"])) },
    states: {
      active: given(config.power.active, originOf(["power", "active"])),
      standby: given(config.power.standby, originOf(["power", "standby"])),
    },
  };
}

/** Stands in on a chip whose firmware streams samples but which names no sensor; every figure is a visible guess. */
export const ASSUMED_SENSOR: Sensor = {
  kind: "sensor",
  name: "sensor (assumed)",
  bytesPerSecond: 1e6,
  actions: {},
  states: {
    active: placeholder(1e-3, "placeholder: the chip has no sensor component"),
    standby: placeholder(10e-6, "placeholder: the chip has no sensor component"),
  },
};
