import { suggest } from "../../config/suggest.js";
import { type Figure, given, type OriginOf, scaled } from "../costs.js";
import type { OffChipMemory } from "./off-chip-memory.js";
import type { SerialConfig } from "./serial-schema.js";

/** What is wrong with how a chip drives a part; `path` is below the component. */
export class DriveError extends Error {
  override readonly name = "DriveError";
  constructor(
    readonly path: readonly (string | number)[],
    message: string,
    /** What was probably meant. */
    readonly suggestion?: string,
  ) {
    super(message);
  }
}

/** The chip's supply voltage is none that the part runs at. */
export class SupplyError extends Error {
  override readonly name = "SupplyError";
}

type Burst = SerialConfig["bursts"][number];

/** How a memory answers on its bus, and what that and waiting cost. */
export type Drive = Pick<OffChipMemory, "busHertz" | "commandClocks" | "bitsPerClock" | "states"> & {
  readonly actions: Readonly<Record<"command" | "read" | "write", Figure>>;
};

/**
 * Times and energies on the bus from its clock, the burst and the part's currents: a byte costs V I 8 / (f lanes), half
 * of it with DDR, and what comes before data V I clocks / f (docs/cost-model.md, "Energy").
 * @throws DriveError if the bus does not fit the part; SupplyError if the chip's supply does not
 */
export function driveOf(name: string, config: SerialConfig, supplyVolts: number, originOf: OriginOf): Drive {
  const { supply, bus, energy } = config;
  if (supplyVolts < supply.low || supplyVolts > supply.high) {
    throw new SupplyError(
      `${name} needs a supply of ${supply.low} V to ${supply.high} V; the chip's is ${supplyVolts} V`,
    );
  }
  const burst = chooseBurst(name, config);
  checkClock(name, config.maxClock, bus.clock, "");
  if (burst.maxClock !== undefined) {
    checkClock(name, burst.maxClock, bus.clock, ` with ${burst.name ?? describeBurst(burst)}`);
  }
  const commandClocks = burst.command + burst.address + burst.dummy;
  const bitsPerClock = burst.lanes * (burst.ddr ? 2 : 1);
  const derived = (action: "read" | "write", clocks: number, what: string): Figure => {
    const { figure, kind } = currentAt(name, config, burst, action, originOf);
    const source = `${figure.source}: ${kind} current at ${supplyVolts} V for ${what}`;
    return scaled(figure, supplyVolts * (clocks / bus.clock), source);
  };
  const energyOf = (action: "command" | "read" | "write", figure: () => Figure): Figure => {
    const own = energy[action];
    return own === undefined ? figure() : given(own, originOf(["energy", action]));
  };
  return {
    busHertz: bus.clock,
    commandClocks,
    bitsPerClock,
    actions: {
      command: energyOf("command", () => derived("read", commandClocks, "the clocks before data")),
      read: energyOf("read", () => derived("read", 8 / bitsPerClock, "a byte")),
      write: energyOf("write", () => derived("write", 8 / bitsPerClock, "a byte")),
    },
    states: idleStates(config, supplyVolts, originOf),
  };
}

function checkClock(name: string, highest: number, clock: number, when: string): void {
  if (clock <= highest) return;
  throw new DriveError(
    ["bus", "clock"],
    `${name} runs at up to ${highest / 1e6} MHz${when}; its bus clock is ${clock / 1e6} MHz`,
  );
}

/** The burst that the bus asks for: of its lanes, its edges and its name, the first where it leaves a choice. */
function chooseBurst(name: string, { bursts, bus }: SerialConfig): Burst {
  const ofLanes = bursts.filter(({ lanes }) => lanes === bus.lanes);
  if (ofLanes.length === 0) {
    const lanes = [...new Set(bursts.map((burst) => burst.lanes))].join(", ");
    throw new DriveError(["bus", "lanes"], `${name} has bursts of ${lanes} lanes; ${bus.lanes} are wanted`);
  }
  const ofEdges = ofLanes.filter(({ ddr }) => bus.ddr === undefined || ddr === bus.ddr);
  if (ofEdges.length === 0) {
    const wanted = bus.ddr === true ? "with DDR" : "without DDR";
    throw new DriveError(
      ["bus", "ddr"],
      `${name} has no burst of ${describeBurst({ lanes: bus.lanes })} ${wanted}`,
    );
  }
  const burst = bus.burst === undefined ? ofEdges[0] : ofEdges.find((one) => one.name === bus.burst);
  if (burst !== undefined) return burst;
  const known = ofEdges.flatMap((one) => (one.name === undefined ? [] : [one.name]));
  const list = known.length === 0 ? "none has a name" : `there are ${known.join(", ")}`;
  throw new DriveError(
    ["bus", "burst"],
    `${name} has no burst "${bus.burst}" of ${describeBurst(bus)}; ${list}`,
    suggest(bus.burst ?? "", known),
  );
}

/** "4 lanes", "8 lanes with DDR". */
export const describeBurst = ({ lanes, ddr }: Pick<SerialConfig["bus"], "lanes" | "ddr">): string =>
  `${lanes} ${lanes === 1 ? "lane" : "lanes"}${ddr === true ? " with DDR" : ""}`;

/** The current of bytes out or in: the first at or above the bus clock; a part without write currents draws as if it read. */
function currentAt(
  name: string,
  { bus, current }: SerialConfig,
  burst: Burst,
  action: "read" | "write",
  originOf: OriginOf,
): { figure: Figure; kind: string } {
  const kind = current[action] === undefined ? "read" : action;
  const list = current[kind] ?? [];
  const position = list.findIndex(
    ({ clock, ddr }) => clock >= bus.clock && (ddr === undefined || ddr === burst.ddr),
  );
  const found = list[position];
  if (found === undefined) {
    const at = `${bus.clock / 1e6} MHz${burst.ddr ? " with DDR" : ""}`;
    const message = `${name} has no ${kind} current for ${at}; give current.${kind} for it`;
    throw new DriveError(["bus", "clock"], message);
  }
  return { figure: given(found.value, originOf(["current", kind, position, "value"])), kind };
}

function idleStates(
  { current, power }: SerialConfig,
  supplyVolts: number,
  originOf: OriginOf,
): OffChipMemory["states"] {
  const derived = (state: "standby" | "powerDown", amperes: Figure): Figure =>
    scaled(amperes, supplyVolts, `${amperes.source}: ${state} current at ${supplyVolts} V`);
  const standby =
    power.standby === undefined
      ? derived("standby", given(current.standby, originOf(["current", "standby"])))
      : given(power.standby, originOf(["power", "standby"]));
  if (power.powerDown !== undefined) {
    return { standby, powerDown: given(power.powerDown, originOf(["power", "powerDown"])) };
  }
  if (current.powerDown === undefined) return { standby };
  const amperes = given(current.powerDown, originOf(["current", "powerDown"]));
  return { standby, powerDown: derived("powerDown", amperes) };
}
