import type { EstimateResult } from "./estimates.js";
import type { KernelResult } from "./kernels.js";
import type { Machine } from "./machine.js";
import type { ScenarioResult } from "./measure-scenario.js";
import type { Effort } from "./rounds.js";
import type { SimulatorResult } from "./simulators.js";

/** The document docs/performance.json. */
export interface Results {
  readonly schema: "rebit/benchmark@1";
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  readonly effort: { readonly steps: Effort; readonly kernels: Effort; readonly estimates: Effort };
  readonly scenarios: readonly ScenarioResult[];
  readonly kernels: readonly KernelResult[];
  readonly estimates: readonly EstimateResult[];
  readonly simulators: readonly SimulatorResult[];
}

/** What is missing or too slow, a line each; empty if every target is met and everything was measured. */
export function shortfalls({ scenarios, estimates, simulators }: Results): string[] {
  const slow = [...estimates, ...simulators].filter(
    ({ perSecond, atLeast = 0 }) => perSecond.median < atLeast,
  );
  const steps = scenarios.flatMap(({ name, entrants, verdicts }) => [
    ...entrants.flatMap((entrant) =>
      entrant.notMeasured === undefined
        ? []
        : [`not measured: ${name}: ${entrant.name}: ${entrant.notMeasured}`],
    ),
    ...verdicts.flatMap(({ target, outcome, missing }) => {
      const claim = `${name}: ${target.subject} against ${target.against}`;
      if (outcome === "met") return [];
      if (outcome === "not met") return [`not met: ${claim}`];
      return [`not measured: ${claim}, for want of ${missing.join(" and ")}`];
    }),
  ]);
  return [...steps, ...slow.map(({ name, atLeast }) => `not met: ${name}: ${atLeast}/s`)];
}
