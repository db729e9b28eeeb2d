import { type Contender, NotMeasuredError, startContender } from "./contender.js";
import { type Effort, measureInRounds } from "./rounds.js";
import type { Entrant, Scenario } from "./scenarios.js";
import { type Spread, spreadOf } from "./statistics.js";
import { type Verdict, verdictOn } from "./targets.js";

/** What one entrant reached: samples/s, or why there is no number. */
export interface EntrantResult {
  readonly name: string;
  readonly threads: number;
  readonly version?: string;
  readonly samplesPerSecond?: Spread;
  readonly rounds?: readonly number[];
  readonly notMeasured?: string;
}

/** What came of a scenario. */
export interface ScenarioResult {
  readonly name: string;
  readonly entrants: readonly EntrantResult[];
  readonly verdicts: readonly Verdict[];
}

type Started = Entrant & { readonly contender: Contender };

/** Runs all entrants of a scenario against each other. One that fails has a reason instead of a number. */
export async function measureScenario(scenario: Scenario, effort: Effort): Promise<ScenarioResult> {
  const started: Started[] = [];
  const failures = new Map<string, string>();
  for (const entrant of scenario.entrants) {
    try {
      started.push({ ...entrant, contender: await startContender(entrant.command) });
    } catch (error) {
      if (!(error instanceof NotMeasuredError)) throw error;
      failures.set(entrant.name, error.message);
    }
  }
  try {
    const rates = await measureInRounds(
      started.map((entrant) => turnOf(entrant, failures)),
      effort,
    );
    for (const name of failures.keys()) rates.delete(name);
    return {
      name: scenario.name,
      entrants: scenario.entrants.map(({ name, threads }) => {
        const rounds = rates.get(name);
        if (rounds === undefined) return { name, threads, notMeasured: failures.get(name) as string };
        const { version } = (started.find((other) => other.name === name) as Started).contender;
        return { name, threads, version, samplesPerSecond: spreadOf(rounds), rounds };
      }),
      verdicts: scenario.targets.map((target) => verdictOn(target, rates)),
    };
  } finally {
    for (const { contender } of started) contender.end();
  }
}

/** The turns of an entrant; once it has failed it only loses them, and the others go on. */
function turnOf({ name, contender }: Started, failures: Map<string, string>) {
  return {
    name,
    async measure(seconds: number): Promise<number> {
      if (failures.has(name)) return Number.NaN;
      try {
        const slice = await contender.train(seconds);
        return slice.samples / slice.seconds;
      } catch (error) {
        if (!(error instanceof NotMeasuredError)) throw error;
        failures.set(name, error.message);
        return Number.NaN;
      }
    },
  };
}
