import { oneOf } from "../config/fields.js";

/** The core's voltage domain: dynamic energies scale with the square of its voltage over the nominal one. */
export interface CoreDomain {
  /** Volts at which its figures are stated. */
  readonly nominalVolts: number;
  /** Volts at which it runs. */
  readonly volts: number;
}

/** The factor on dynamic energies: CMOS switches the charge C V through V. */
export function dynamicFactor({ nominalVolts, volts }: CoreDomain): number {
  return (volts / nominalVolts) ** 2;
}

/** The key by which a memory on the chip says whose voltage it has. */
export const domainField = {
  domain: oneOf(["own", "core"], {
    doc: "core: it shares the core's voltage and regulator, and its dynamic energies follow the operating point.",
  }).default("own"),
};
