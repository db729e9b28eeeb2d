import type { Report } from "../config/collect.js";
import type { Loaded } from "../config/load.js";
import type { Override } from "../config/override.js";
import { problemAt, quote } from "../config/problem.js";
import { suggest } from "../config/suggest.js";
import type { Origin } from "../config/tree.js";
import type { ExperimentDocument } from "./schemas.js";

const TARGETS = ["chip", "firmware", "workload"] as const;

/** Overrides for each of the three files, paths without the file's name. */
export type OverridesByFile = Readonly<Record<(typeof TARGETS)[number], readonly Override[]>>;

interface Setting {
  readonly path: string;
  readonly valueText: string;
  readonly origin: Origin;
  readonly excerpt?: string;
}

/** `path=value` arguments as settings; others are reported. */
export function settingsOf(argumentsGiven: readonly string[], report: Report): Setting[] {
  return argumentsGiven.flatMap((excerpt) => {
    const origin: Origin = { file: "--set", line: 1, column: 1, excerpt };
    const equals = excerpt.indexOf("=");
    if (equals > 0) {
      return [
        { path: excerpt.slice(0, equals).trim(), valueText: excerpt.slice(equals + 1), origin, excerpt },
      ];
    }
    const message = `expected path=value, such as chip.clocks.core=24 MHz; found ${quote(excerpt)}`;
    report([problemAt(origin, "bad-set", message)]);
    return [];
  });
}

/** What the `set` of an experiment says. */
export function ownSettings(document: Loaded<ExperimentDocument>): Setting[] {
  return Object.entries(document.value.set ?? {}).map(([path, value]) => ({
    path,
    // JSON is YAML: what was parsed once is parsed the same again.
    valueText: JSON.stringify(value),
    origin: document.originOf(["set", path]) ?? { file: document.path, line: 1, column: 1 },
  }));
}

/** `--seed` as a setting. */
export function seedSetting(seed: number | undefined): Setting[] {
  if (seed === undefined) return [];
  const origin: Origin = { file: "--seed", line: 1, column: 1, excerpt: String(seed) };
  return [{ path: "workload.training.seed", valueText: String(seed), origin, excerpt: String(seed) }];
}

/** Sorts settings by the file that they change; paths into none of the three are reported. */
export function byFile(settings: readonly Setting[], report: Report): OverridesByFile {
  const result: Record<(typeof TARGETS)[number], Override[]> = { chip: [], firmware: [], workload: [] };
  for (const { path, ...rest } of settings) {
    const [first = "", ...below] = path.split(".");
    const target = TARGETS.find((name) => name === first);
    if (target === undefined || below.length === 0) {
      const message = `a path starts with chip., firmware. or workload. (--set also takes duty.) and goes on; found "${path}"`;
      report([problemAt(rest.origin, "unknown-path", message, suggest(first, TARGETS))]);
    } else result[target].push({ path: below.join("."), ...rest });
  }
  return result;
}
