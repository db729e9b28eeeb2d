import { DIMENSIONS, type Dimension } from "../units/dimensions.js";
import { buildOffChip, isOffChip } from "./components/build-off-chip.js";
import type { OffChipMemory } from "./components/off-chip-memory.js";
import { DriveError } from "./components/serial-bus.js";
import type { SerialConfig } from "./components/serial-schema.js";
import type { Figure } from "./costs.js";
import type { PartDocument } from "./part-schema.js";

/** What is derived of a part, and what it measures. */
export const DERIVED = {
  bandwidth: "dataRate",
  "energy.command": "energyPerAccess",
  "energy.read": "energyPerByte",
  "energy.write": "energyPerByte",
  "energy.load": "energyPerPage",
  "energy.program": "energyPerPage",
  "energy.erase": "energyPerSector",
  "power.standby": "power",
  "power.powerDown": "power",
} as const satisfies Readonly<Record<string, Dimension>>;

export type DerivedName = keyof typeof DERIVED;

/** How a part is driven for a derived figure. */
export interface BusSetting {
  readonly lanes: number;
  readonly ddr: boolean;
  /** Name of the burst; "" if it has none. */
  readonly burst: string;
  readonly clockHertz: number;
}

/** A figure that a chip derives from a part's own. */
export interface DerivedFigure {
  readonly name: DerivedName;
  readonly supplyVolts: number;
  /** Absent where the bus does not matter. */
  readonly bus?: BusSetting;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Base unit: J/byte, B/s. */
  readonly unit: string;
  readonly status: string;
  readonly source: string;
}

/** Usual supplies: a coin cell's, and that of low-voltage parts. */
const SUPPLY_VOLTS = [3, 1.8];

/**
 * What an off-chip memory costs and how fast it is, as a chip builds it: at 3 V and 1.8 V as far as it runs there, with
 * each burst at each clock that it has a read current for.
 */
export function derivedFigures(name: string, component: PartDocument["component"]): DerivedFigure[] {
  if (!isOffChip(component)) return [];
  const { supply } = component;
  const usual = SUPPLY_VOLTS.filter((volts) => supply.low <= volts && volts <= supply.high);
  return (usual.length > 0 ? usual : [supply.high]).flatMap((supplyVolts) => {
    const memories = settingsOf(component).flatMap((bus) => {
      const chosen = { lanes: bus.lanes, clock: bus.clockHertz, ddr: bus.ddr };
      const driven = { ...component, bus: bus.burst === "" ? chosen : { ...chosen, burst: bus.burst } };
      const memory = attempt(() => buildOffChip(name, driven, supplyVolts, () => undefined));
      return memory === undefined ? [] : [{ bus, memory }];
    });
    const [first] = memories;
    return [
      ...memories.flatMap(({ bus, memory }) => busFigures(memory, supplyVolts, bus)),
      ...(first === undefined ? [] : otherFigures(first.memory, supplyVolts)),
    ];
  });
}

/** Every burst at every clock of its currents, up to its highest; at that one if all of them lie above. */
function settingsOf({
  bursts,
  maxClock,
  current,
}: Pick<SerialConfig, "bursts" | "maxClock" | "current">): BusSetting[] {
  return bursts.flatMap(({ lanes, ddr, name, maxClock: own = maxClock }) => {
    const highest = Math.min(own, maxClock);
    const clocks = current.read
      .filter((entry) => entry.clock <= highest && (entry.ddr === undefined || entry.ddr === ddr))
      .map(({ clock }) => clock);
    const tabulated = clocks.length === 0 ? [highest] : clocks;
    return tabulated.map((clockHertz) => ({ lanes, ddr, burst: name ?? "", clockHertz }));
  });
}

/** Undefined where the part has no figure for so high a clock. */
function attempt(build: () => OffChipMemory): OffChipMemory | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof DriveError) return undefined;
    throw error;
  }
}

function busFigures(memory: OffChipMemory, supplyVolts: number, bus: BusSetting): DerivedFigure[] {
  const bytesPerSecond = (memory.busHertz * memory.bitsPerClock) / 8;
  const bandwidth: Figure = {
    value: bytesPerSecond,
    low: bytesPerSecond,
    high: bytesPerSecond,
    status: "derived",
    source: "clock x bits a clock",
  };
  const { command, read, write } = memory.actions;
  const at = { supplyVolts, bus };
  return [
    derived("bandwidth", bandwidth, at),
    derived("energy.command", command, at),
    derived("energy.read", read, at),
    derived("energy.write", write, at),
  ];
}

function otherFigures({ actions, states }: OffChipMemory, supplyVolts: number): DerivedFigure[] {
  const figures: [DerivedName, Figure | undefined][] = [
    ["energy.load", actions.load],
    ["energy.program", actions.program],
    ["energy.erase", actions.erase],
    ["power.standby", states.standby],
    ["power.powerDown", states.powerDown],
  ];
  return figures.flatMap(([name, figure]) =>
    figure === undefined ? [] : [derived(name, figure, { supplyVolts })],
  );
}

function derived(
  name: DerivedName,
  { value, low, high, status, source }: Figure,
  at: Pick<DerivedFigure, "supplyVolts" | "bus">,
): DerivedFigure {
  return { name, ...at, value, low, high, unit: DIMENSIONS[DERIVED[name]].base, status, source };
}
