import type { Loaded } from "../config/load.js";
import { ConfigError, type Problem, problemAt } from "../config/problem.js";
import type { Origin } from "../config/tree.js";
import { SramTableError, type SramTables } from "./cacti.js";
import type { ChipConfig, ComponentConfig } from "./chip-schema.js";
import { type Battery, buildBattery } from "./components/battery.js";
import { buildOffChip, isOffChip } from "./components/build-off-chip.js";
import { buildCpu, type Cpu } from "./components/cpu.js";
import { sramContradictions } from "./components/cross-checks.js";
import { buildDma, type Dma } from "./components/dma.js";
import { buildEmbeddedNvm, type EmbeddedNvm } from "./components/embedded-nvm.js";
import type { OffChipMemory } from "./components/off-chip-memory.js";
import { buildSensor, type Sensor } from "./components/sensor.js";
import { DriveError, SupplyError } from "./components/serial-bus.js";
import { buildSram, type Sram } from "./components/sram.js";
import type { OriginOf } from "./costs.js";
import { checkDomains, powerNotes } from "./power-checks.js";
import { type ReportProblem, resolveSupply, type Supply } from "./supply.js";

/** A chip with every cost resolved: the table that accounting reads. */
export interface Chip {
  readonly name: string;
  readonly core: Cpu;
  readonly code: EmbeddedNvm | undefined;
  readonly sram: Sram;
  /** Off-chip memories in the order of the file: the first with room takes what is spilled. */
  readonly offChip: readonly OffChipMemory[];
  readonly dma: Dma | undefined;
  readonly sensor: Sensor | undefined;
  readonly battery: Battery | undefined;
  readonly supply: Supply;
  /** What a reader has to know about how it is powered. */
  readonly notes: readonly string[];
}

type Kind = ComponentConfig["kind"];
type ConfigOf<K extends Kind> = Extract<ComponentConfig, { kind: K }>;

const ONE_AT_MOST: readonly Kind[] = ["cpu", "sram", "embedded-nvm", "dma", "sensor", "battery"];
const NEEDED: readonly Kind[] = ["cpu", "sram"];

/**
 * Builds a chip from its validated description.
 * @param display how origins are shown in reports
 * @throws ConfigError for components that are missing, twice there or do not fit together
 */
export function buildChip(
  loaded: Pick<Loaded<ChipConfig>, "value" | "originOf" | "path">,
  tables: SramTables,
  display: (origin: Origin) => Origin = (origin) => origin,
): Chip {
  const { value: config } = loaded;
  const problems: Problem[] = [];
  const top: Origin = { file: loaded.path, line: 1, column: 1 };
  const report = (
    path: readonly (string | number)[],
    code: string,
    message: string,
    suggestion?: string,
  ): void => {
    problems.push(problemAt(nearest(loaded.originOf, path) ?? top, code, message, suggestion));
  };
  const components = Object.entries(config.components);
  checkNumbers(components, report);
  checkWhole(components, report);
  const originOf: OriginOf = (path) => {
    const origin = loaded.originOf(path);
    return origin === undefined ? undefined : display(origin);
  };
  const { supply, clocks } = resolveSupply(config, originOf, report);
  checkClocks(config, report);
  checkDomains(config, report);

  const attempt = <T>(path: readonly string[], build: (originOf: OriginOf) => T): T | undefined => {
    try {
      return build((below) => originOf([...path, ...below]));
    } catch (error) {
      if (error instanceof DriveError) {
        report([...path, ...error.path], "does-not-fit", error.message, error.suggestion);
      } else if (error instanceof SupplyError) report(["supply", "voltage"], "does-not-fit", error.message);
      else if (error instanceof SramTableError) {
        const inProcess = error.field !== "width" && error.field !== "capacity";
        report(inProcess ? ["process", error.field] : [...path, error.field], "not-in-table", error.message);
      } else throw error;
      return undefined;
    }
  };
  const one = <K extends Kind, T>(
    kind: K,
    build: (name: string, config: ConfigOf<K>, originOf: OriginOf) => T,
  ): T | undefined => {
    const found = components.find((entry): entry is [string, ConfigOf<K>] => entry[1].kind === kind);
    if (found === undefined) return undefined;
    return attempt(["components", found[0]], (origin) => build(found[0], found[1], origin));
  };

  const core = one("cpu", (name, cpu, origin) => {
    const clockHertz = Object.hasOwn(clocks, cpu.clock) ? clocks[cpu.clock] : undefined;
    if (clockHertz === undefined) {
      const message = `there is no clock "${cpu.clock}"; clocks: ${Object.keys(clocks).join(", ") || "none"}`;
      report(["components", name, "clock"], "unknown-clock", message);
    }
    return buildCpu(name, cpu, clockHertz ?? Number.NaN, supply.core, origin);
  });
  const process = {
    // 65 nm are 65.00000000000001 in binary; 65.4 nm are not in the table.
    nodeNanometres: Number((config.process.node * 1e9).toPrecision(12)),
    devices: config.process.devices,
    temperatureKelvin: config.process.temperature,
  };
  const sram = one("sram", (name, memory, origin) => {
    const built = buildSram(name, memory, process, tables, supply.core, origin);
    for (const { path, message } of sramContradictions(memory)) {
      report(["components", name, ...path], "does-not-fit", message);
    }
    return built;
  });
  const offChip = components.flatMap(([name, component]) => {
    if (!isOffChip(component)) return [];
    const memory = attempt(["components", name], (origin) =>
      buildOffChip(name, component, config.supply.voltage, origin),
    );
    return memory === undefined ? [] : [memory];
  });
  const { battery } = config.supply;
  const [spare] = components.find(([, component]) => component.kind === "battery") ?? [];
  if (battery !== undefined && spare !== undefined) {
    const message = "a chip has one battery at most; supply.battery names another";
    report(["components", spare], "too-many", message);
  }
  if (typeof battery === "string")
    throw new Error(`the battery part ${battery} was not merged into the chip`);
  const chip = {
    name: config.name,
    supply,
    notes: powerNotes(config, supply),
    code: one("embedded-nvm", (name, memory, origin) => buildEmbeddedNvm(name, memory, supply.core, origin)),
    offChip,
    dma: one("dma", buildDma),
    sensor: one("sensor", buildSensor),
    battery:
      battery === undefined
        ? one("battery", buildBattery)
        : buildBattery("battery", battery, (below) => originOf(["supply", "battery", ...below])),
  };
  if (problems.length > 0 || core === undefined || sram === undefined) throw new ConfigError(problems);
  return { ...chip, core, sram };
}

/** Memories have whole bytes and ports whole bits; a fraction of one would make counts fractions. */
function checkWhole(
  components: readonly (readonly [string, ComponentConfig])[],
  report: (path: readonly string[], code: string, message: string) => void,
): void {
  for (const [name, component] of components) {
    for (const key of ["capacity", "page", "sector", "width", "burst"]) {
      const value: unknown = (component as Readonly<Record<string, unknown>>)[key];
      if (typeof value !== "number" || Number.isSafeInteger(value)) continue;
      const unit = key === "width" ? "bits" : "bytes";
      report(["components", name, key], "out-of-range", `${key} is ${value} ${unit}; expected whole ${unit}`);
    }
  }
}

function checkNumbers(
  components: readonly (readonly [string, ComponentConfig])[],
  report: (path: readonly string[], code: string, message: string) => void,
): void {
  for (const kind of ONE_AT_MOST) {
    const names = components.filter(([, component]) => component.kind === kind).map(([name]) => name);
    const [, second] = names;
    if (second !== undefined) {
      report(["components", second], "too-many", `a chip has one ${kind} at most; found ${names.join(", ")}`);
    }
    if (names.length === 0 && NEEDED.includes(kind)) {
      report(["components"], "missing-component", `a chip needs a component of kind ${kind}`);
    }
  }
}

/** A clock that drives nothing is a slip of the pen: `clocks.cpu` where `clocks.core` was meant. */
function checkClocks(config: ChipConfig, report: ReportProblem): void {
  const used = Object.values(config.components).flatMap((component) =>
    component.kind === "cpu" ? [component.clock] : [],
  );
  const check = (clocks: object, path: readonly string[]): void => {
    for (const name of Object.keys(clocks)) {
      if (used.includes(name)) continue;
      const message = `no component runs on the clock "${name}"; clocks in use: ${used.join(", ")}`;
      report([...path, name], "unused-clock", message);
    }
  };
  check(config.clocks, ["clocks"]);
  for (const [name, point] of Object.entries(config.operatingPoints ?? {})) {
    check(point.clocks, ["operatingPoints", name, "clocks"]);
  }
}

/** The origin of a path, or of the nearest thing around it that was written. */
function nearest(
  originOf: (path: readonly (string | number)[]) => Origin | undefined,
  path: readonly (string | number)[],
): Origin | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const origin = originOf(path.slice(0, length));
    if (origin !== undefined) return origin;
  }
  return undefined;
}
