import type { Cost } from "../../config/cost-field.js";
import type { Origin, Path } from "../../config/tree.js";
import type { Experiment } from "../../experiment/load.js";
import type { ChipConfig } from "../../soc/chip-schema.js";
import { TRANSFER_GUESS_JOULES } from "../../soc/components/dma.js";
import { READ_GUESS_JOULES } from "../../soc/components/embedded-nvm.js";
import type { Sensor } from "../../soc/components/sensor.js";
import { TABLE_UNCERTAINTY } from "../../soc/components/sram.js";
import type { Figure } from "../../soc/costs.js";
import type { Dimension } from "../../units/dimensions.js";

/** A cost of the chip that lies somewhere in an interval. */
export interface Unknown {
  /** Below the chip: `["components", "flash", "current", "erase"]`. */
  readonly path: Path;
  readonly low: number;
  readonly typical: number;
  readonly high: number;
  /** "number": a plain one, as `--set` takes it. */
  readonly dimension: Dimension | "number";
  readonly status: string;
  readonly source: string;
  readonly origin: Origin | undefined;
  /** The chip with another value there, which counts as known as `status` says (default: as it was). */
  readonly with: (config: ChipConfig, value: number, status?: string) => ChipConfig;
}

/** How an experiment's chip is uncertain. */
export interface Uncertainty {
  readonly unknowns: readonly Unknown[];
  /** Placeholders that nothing gives an interval: nobody knows how far off they are. Low and high are the value itself. */
  readonly guesses: readonly Unknown[];
}

type Json = Readonly<Record<string | number, unknown>>;

/**
 * What the chip says of its costs: those that are intervals; the energies of an SRAM that come from the table, which lie within
 * its stated uncertainty; and placeholders, each with a tolerance if one is assumed for them.
 * @param assumedSensor the one that stands in where the chip has none and samples come from one
 * @param tolerance of placeholders without an interval, a ratio
 */
export function uncertaintyOf(
  { chipConfig, originOfChip }: Pick<Experiment, "chipConfig" | "originOfChip">,
  assumedSensor?: Sensor,
  tolerance?: number,
): Uncertainty {
  const costs = [
    ...costsIn(chipConfig, []),
    ...defaultsOf(chipConfig),
    ...(assumedSensor === undefined ? [] : costsOfSensor(assumedSensor)),
  ];
  const isGuess = ({ cost: { low, high, status } }: Found): boolean =>
    low === high && status === "placeholder";
  const guesses = costs.filter(isGuess);
  const intervals = costs.filter(({ cost }) => cost.low < cost.high);
  const assumed = tolerance === undefined ? [] : guesses.map((guess) => widened(guess, tolerance));
  const unknownOf = ({ path, cost, at = path, into = (config) => config }: Found): Unknown => {
    const { value, low, high, dimension, status, source } = cost;
    return {
      path,
      low,
      typical: value,
      high,
      dimension,
      status,
      source,
      origin: originOfChip(at),
      with: (config, changed, known = status) => {
        const fixed = { ...cost, value: changed, low: changed, high: changed, status: known };
        return withCost(into(config), path, fixed as Cost);
      },
    };
  };
  return {
    unknowns: [...[...intervals, ...assumed].map(unknownOf), ...tableUnknowns(chipConfig, originOfChip)],
    guesses: tolerance === undefined ? guesses.map(unknownOf) : [],
  };
}

interface Found {
  readonly path: Path;
  readonly cost: Cost;
  /** What is written, where the cost itself is not. */
  readonly at?: Path;
  /** A chip that has what the cost is of. */
  readonly into?: (config: ChipConfig) => ChipConfig;
}

function widened({ cost, ...found }: Found, tolerance: number): Found {
  const { value, dimension } = cost;
  const high = value * (1 + tolerance);
  // No share is more than all.
  const most = dimension === "ratio" ? Math.min(1, high) : high;
  return { ...found, cost: { ...cost, low: value * (1 - tolerance), high: most } };
}

function isCost(value: object): value is Cost {
  return "dimension" in value && "low" in value && "high" in value;
}

function costsIn(value: unknown, path: Path): Found[] {
  if (typeof value !== "object" || value === null) return [];
  if (isCost(value)) return [{ path, cost: value }];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, below]) => costsIn(below, [...path, key]));
}

/** Energies that the model guesses where the chip gives none. */
function defaultsOf({ components }: ChipConfig): Found[] {
  return Object.entries(components).flatMap(([name, component]): Found[] => {
    const guess = (key: string, dimension: Dimension, value: number): Found => ({
      path: ["components", name, "energy", key],
      cost: {
        dimension,
        value,
        low: value,
        high: value,
        status: "placeholder",
        source: "a guess of the model (docs/sources.md)",
      },
      at: ["components", name],
    });
    if (component.kind === "dma" && component.energy === undefined) {
      return [guess("transfer", "energyPerByte", TRANSFER_GUESS_JOULES)];
    }
    if (component.kind === "embedded-nvm" && component.energy === undefined) {
      return [guess("read", "energyPerAccess", READ_GUESS_JOULES)];
    }
    return [];
  });
}

/** Powers of a sensor that the chip has not: for other values of them it gets one. */
function costsOfSensor({ name, bytesPerSecond, states }: Sensor): Found[] {
  const costOf = ({ value, low, high, source }: Figure): Cost => ({
    dimension: "power",
    value,
    low,
    high,
    status: "placeholder",
    source,
  });
  const power = { active: costOf(states.active), standby: costOf(states.standby) };
  const into = (config: ChipConfig): ChipConfig => ({
    ...config,
    components: { [name]: { kind: "sensor", rate: bytesPerSecond, power }, ...config.components },
  });
  return (["active", "standby"] as const).map((state) => ({
    path: ["components", name, "power", state],
    cost: power[state],
    at: ["components"],
    into,
  }));
}

function tableUnknowns({ components }: ChipConfig, originOf: Experiment["originOfChip"]): Unknown[] {
  return Object.entries(components).flatMap(([name, component]): Unknown[] => {
    if (component.kind !== "sram") return [];
    const { calibration, energy } = component;
    if (energy.read !== undefined && energy.write !== undefined) return [];
    const path = ["components", name, "calibration"];
    return [
      {
        path,
        low: Math.min(1, calibration),
        typical: calibration,
        high: Math.max(TABLE_UNCERTAINTY, calibration),
        dimension: "number",
        status: "derived",
        source: "CACTI's energies against published ones (configs/cacti/README.md)",
        origin: originOf(path) ?? originOf(["components", name]),
        with: (config, changed) => withCost(config, path, changed),
      },
    ];
  });
}

/** The configuration with a value at a path; maps that the path needs are made. */
function withCost(config: ChipConfig, path: Path, value: Cost | number): ChipConfig {
  return withValue(config, path, value) as ChipConfig;
}

function withValue(into: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const changed = withValue((into as Json | undefined)?.[key], rest, value);
  if (Array.isArray(into)) return into.with(key as number, changed);
  return { ...(into as Json | undefined), [key]: changed };
}
