import * as z from "zod";
import { cost } from "../../config/cost-field.js";
import { integer, number, oneOf, quantity, strict } from "../../config/fields.js";
import { largestBankBytes, lookUpSram, type SramPoint, type SramTables } from "../cacti.js";
import { type CoreDomain, domainField } from "../core-domain.js";
import { atVoltage, type Figure, given, type OriginOf } from "../costs.js";
import { fromField } from "../from-field.js";

export const sramSchema = strict(
  {
    kind: z.literal("sram"),
    ...fromField,
    capacity: quantity("capacity", { doc: "Size of all banks.", exclusiveMin: 0 }),
    width: quantity("width", { doc: "Bits of one access.", exclusiveMin: 0 }),
    banks: integer({ doc: "Equal banks; an access costs one bank's energy.", min: 1, max: 1024 }).default(1),
    gating: oneOf(["off", "unused"], {
      doc: "unused: banks in which no tensor ever lies are powered off, always.",
    }).default("off"),
    ...domainField,
    voltage: quantity("voltage", {
      doc: "Supply of the array, if not the table's; the table's energies scale with its square.",
      exclusiveMin: 0,
    }).optional(),
    calibration: number({
      doc: "Factor on the table's energies; 1 to 2.3 is its stated uncertainty.",
      min: 0,
    }).default(1),
    accessTime: quantity("time", { doc: "Access time, if not the table's.", exclusiveMin: 0 }).optional(),
    energy: strict(
      {
        read: cost("energyPerAccess", { doc: "Energy of one read." }).optional(),
        write: cost("energyPerAccess", { doc: "Energy of one write." }).optional(),
      },
      { doc: "Energy by action; wins over the table." },
    ).prefault({}),
    power: strict(
      {
        on: cost("power", { doc: "Leakage of all banks." }).optional(),
        retention: cost("power", {
          doc: "Of all banks, while they only keep what they hold: the device sleeps between duty cycles.",
        }).optional(),
      },
      { doc: "Power by state; wins over the table." },
    ).prefault({}),
  },
  {
    doc: "On-chip SRAM. Actions: read, write. States: on (leakage), retention. Costs from the CACTI table unless given.",
  },
);

/** On-chip SRAM in equal banks. */
export interface Sram {
  readonly kind: "sram";
  readonly name: string;
  readonly capacityBytes: number;
  readonly widthBits: number;
  /** Equal banks, one after the other in the address space. */
  readonly banks: number;
  /** Capacities that it may have: multiples of whole words in each bank, up to what its costs are known for. */
  readonly sizes: { readonly stepBytes: number; readonly mostBytes: number };
  readonly accessSeconds: number;
  readonly actions: { readonly read: Figure; readonly write: Figure };
  /** Of all banks, whether or not they are powered. */
  readonly states: { readonly on: Figure; readonly retention?: Figure };
  /** Banks in which no tensor lies are powered off. */
  readonly gatesUnused: boolean;
  readonly inCoreDomain: boolean;
  readonly area: { readonly squareMillimetres: number; readonly source: string } | undefined;
}

export interface ProcessNode {
  readonly nodeNanometres: number;
  readonly devices: "lstp" | "lop" | "hp";
  readonly temperatureKelvin: number;
}

/** Horowitz's ISSCC 2014 figures are 1 to 2.3 times CACTI's (configs/cacti/README.md, trap 5). */
export const TABLE_UNCERTAINTY = 2.3;

/** @throws SramTableError if the table has no such bank and the chip does not give all costs itself. */
export function buildSram(
  name: string,
  config: z.infer<typeof sramSchema>,
  process: ProcessNode,
  tables: SramTables,
  core: CoreDomain | undefined,
  originOf: OriginOf,
): Sram {
  const { energy, power } = config;
  const isGiven =
    energy.read !== undefined &&
    energy.write !== undefined &&
    power.on !== undefined &&
    config.accessTime !== undefined;
  const bankBytes = config.capacity / config.banks;
  const query = {
    ...process,
    // Only leakage depends on temperature.
    temperatureKelvin: power.on === undefined ? process.temperatureKelvin : 300,
    widthBits: config.width,
    capacityBytes: bankBytes,
  };
  const bank = isGiven ? undefined : lookUpSram(tables, query);
  const described = `CACTI 7, ${process.nodeNanometres} nm ${process.devices}, ${process.temperatureKelvin} K, bank of ${Number((bankBytes / 1024).toPrecision(6))} KiB x ${config.width} bit`;
  const domain = config.domain === "core" ? core : undefined;
  const volts = config.voltage ?? domain?.volts;
  const voltageFactor = volts === undefined || bank === undefined ? 1 : (volts / bank.voltage) ** 2;
  const atVolts = domain === undefined ? "" : `, at ${domain.volts} V`;
  const fromTable = (
    pick: (point: SramPoint) => number,
    factor: number,
    uncertainty: number,
    suffix = "",
  ): Figure => {
    const value = bank === undefined ? Number.NaN : pick(bank) * factor;
    return { value, low: value, high: value * uncertainty, status: "derived", source: described + suffix };
  };
  const dynamic = voltageFactor * config.calibration;
  return {
    kind: "sram",
    name,
    capacityBytes: config.capacity,
    widthBits: config.width,
    banks: config.banks,
    sizes: {
      stepBytes: Math.max(1, (config.banks * config.width) / 8),
      mostBytes: isGiven ? Number.MAX_SAFE_INTEGER : config.banks * largestBankBytes(tables, query),
    },
    accessSeconds: config.accessTime ?? bank?.accessSeconds ?? Number.NaN,
    actions: {
      read:
        energy.read === undefined
          ? fromTable((point) => point.readJoules, dynamic, TABLE_UNCERTAINTY, atVolts)
          : atVoltage(given(energy.read, originOf(["energy", "read"])), domain),
      write:
        energy.write === undefined
          ? fromTable((point) => point.writeJoules, dynamic, TABLE_UNCERTAINTY, atVolts)
          : atVoltage(given(energy.write, originOf(["energy", "write"])), domain),
    },
    states: {
      on:
        power.on === undefined
          ? fromTable((point) => point.leakageWatts, config.banks, 1)
          : given(power.on, originOf(["power", "on"])),
      ...(power.retention === undefined
        ? {}
        : { retention: given(power.retention, originOf(["power", "retention"])) }),
    },
    gatesUnused: config.gating === "unused",
    inCoreDomain: config.domain === "core",
    area:
      bank === undefined
        ? undefined
        : {
            squareMillimetres: bank.areaSquareMillimetres * config.banks,
            source: `${described}, ${config.banks} banks`,
          },
  };
}
