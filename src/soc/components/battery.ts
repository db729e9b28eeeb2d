import * as z from "zod";
import { cost, strict } from "../../config/fields.js";
import { partField } from "../part-field.js";

export const batterySchema = strict(
  {
    kind: z.literal("battery"),
    ...partField,
    charge: cost("charge", { doc: "Nominal charge." }),
    voltage: cost("voltage", { doc: "Nominal voltage." }),
  },
  { doc: "A battery: charge x nominal voltage is the energy of one charge." },
);

/** A battery, without self-discharge or a limit of current. */
export interface Battery {
  readonly kind: "battery";
  readonly name: string;
  readonly capacityJoules: number;
  readonly status: string;
  readonly source: string;
}

export function buildBattery(name: string, config: z.infer<typeof batterySchema>): Battery {
  return {
    kind: "battery",
    name,
    capacityJoules: config.charge.value * config.voltage.value,
    status: config.charge.status,
    source: config.charge.source,
  };
}
