import type { Phase } from "../firmware/phases.js";
import type { Chip } from "./chip.js";
import type { Sensor } from "./components/sensor.js";
import type { Figure } from "./costs.js";
import type { Ledger } from "./ledger.js";
import type { PhaseTime } from "./timing.js";

/** Count x joules of one action, or time x watts of one state. */
export type EnergyEntry =
  | {
      readonly component: string;
      readonly action: string;
      readonly count: number;
      readonly joulesPerAction: number;
      readonly energyJoules: number;
      readonly source: string;
      readonly status: string;
    }
  | {
      readonly component: string;
      readonly state: string;
      readonly timeSeconds: number;
      readonly watts: number;
      readonly energyJoules: number;
      readonly source: string;
      readonly status: string;
    };

/** The share of energies that rests on placeholders, 0 to 1; none of nothing. */
export function placeholderShare(entries: readonly EnergyEntry[]): number {
  const sum = (of: readonly EnergyEntry[]): number =>
    of.reduce((joules, { energyJoules }) => joules + energyJoules, 0);
  const total = sum(entries);
  return total === 0 ? 0 : sum(entries.filter(({ status }) => status === "placeholder")) / total;
}

export interface PhaseEnergy {
  readonly phase: Phase;
  readonly iteration: number;
  readonly energyJoules: number;
}

/** What energies are counted from. */
type Counts = Pick<Ledger, "count" | "dmaBytes">;
type Times = Pick<PhaseTime, "timeSeconds" | "cycles" | "coreBusyCycles" | "busySeconds">;

interface Term {
  readonly component: string;
  readonly kind: "action" | "state";
  readonly name: string;
  readonly figure: Figure;
  /** Count of the action, or seconds in the state, in one phase; linear, so that sums over phases give the sum. */
  readonly amount: (counts: Counts, times: Times) => number;
}

/** Energy of counts and times, summed over the phases that they are of. */
export function joulesOf(
  counts: Counts,
  times: Times,
  chip: Chip,
  sensor: Sensor | undefined,
  offChipIdle: string,
): number {
  return termsOf(chip, sensor, offChipIdle).reduce(
    (sum, { amount, figure }) => sum + amount(counts, times) * figure.value,
    0,
  );
}

/** Energy of counts and times, summed over the phases that they are of, entry by entry. */
export function entriesOf(
  counts: Counts,
  times: Times,
  chip: Chip,
  sensor: Sensor | undefined,
  offChipIdle: string,
): EnergyEntry[] {
  return termsOf(chip, sensor, offChipIdle).flatMap((term) => {
    const amount = term.amount(counts, times);
    return amount === 0 ? [] : [entryOf(term, amount)];
  });
}

/** Energy of some phases, entry by entry and phase by phase, summed left to right. */
export function energyOf(
  ledgers: readonly Ledger[],
  times: readonly PhaseTime[],
  chip: Chip,
  sensor: Sensor | undefined,
  offChipIdle: string,
): { entries: EnergyEntry[]; phases: PhaseEnergy[]; totalJoules: number } {
  const terms = termsOf(chip, sensor, offChipIdle);
  const pairs = ledgers.map((ledger, index) => ({ ledger, time: times[index] as PhaseTime }));
  const entries = terms.flatMap((term) => {
    const amount = pairs.reduce((sum, { ledger, time }) => sum + term.amount(ledger, time), 0);
    return amount === 0 ? [] : [entryOf(term, amount)];
  });
  const phases = pairs.map(({ ledger, time }) => ({
    phase: ledger.phase,
    iteration: ledger.iteration,
    energyJoules: terms.reduce((sum, term) => sum + term.amount(ledger, time) * term.figure.value, 0),
  }));
  return { entries, phases, totalJoules: entries.reduce((sum, entry) => sum + entry.energyJoules, 0) };
}

function entryOf({ component, kind, name, figure }: Term, amount: number): EnergyEntry {
  const { value, source, status } = figure;
  const common = { energyJoules: amount * value, source, status };
  return kind === "action"
    ? { component, action: name, count: amount, joulesPerAction: value, ...common }
    : { component, state: name, timeSeconds: amount, watts: value, ...common };
}

/** The energy reference table of a chip, in the order in which reports list it. */
function termsOf(chip: Chip, sensor: Sensor | undefined, offChipIdle: string): Term[] {
  const { core, sram, code, dma } = chip;
  const action = (component: string, name: string, figure: Figure, amount?: Term["amount"]): Term => ({
    component,
    kind: "action",
    name,
    figure,
    amount: amount ?? ((ledger) => ledger.count(component, name)),
  });
  const state = (component: string, name: string, figure: Figure, amount: Term["amount"]): Term => ({
    component,
    kind: "state",
    name,
    figure,
    amount,
  });
  const always: Term["amount"] = (_, time) => time.timeSeconds;
  const idle = (component: string): Term["amount"] => {
    return (_, time) => Math.max(0, time.timeSeconds - (time.busySeconds.get(component) ?? 0));
  };
  const terms = [
    action(core.name, "active", core.actions.active, (_, time) => time.coreBusyCycles),
    state(
      core.name,
      "sleep",
      core.states.sleep,
      (_, time) => (time.cycles - time.coreBusyCycles) / core.clockHertz,
    ),
    action(sram.name, "read", sram.actions.read),
    action(sram.name, "write", sram.actions.write),
    state(sram.name, "on", sram.states.on, always),
  ];
  if (code !== undefined) {
    terms.push(action(code.name, "read", code.actions.read));
    if (code.states.on !== undefined) terms.push(state(code.name, "on", code.states.on, always));
  }
  for (const memory of chip.offChip) {
    for (const [name, figure] of Object.entries(memory.actions))
      terms.push(action(memory.name, name, figure));
    // Every action's current is the part's total, so the idle state lasts only while it does nothing.
    const powered = offChipIdle === "powerDown" ? memory.states.powerDown : undefined;
    const name = powered === undefined ? "standby" : "powerDown";
    terms.push(state(memory.name, name, powered ?? memory.states.standby, idle(memory.name)));
  }
  if (dma !== undefined) {
    terms.push(action(dma.name, "transfer", dma.actions.transfer, (ledger) => ledger.dmaBytes));
  }
  if (sensor !== undefined) {
    if (sensor.actions.read !== undefined) terms.push(action(sensor.name, "read", sensor.actions.read));
    terms.push(
      state(sensor.name, "active", sensor.states.active, (_, time) => time.busySeconds.get(sensor.name) ?? 0),
      state(sensor.name, "standby", sensor.states.standby, idle(sensor.name)),
    );
  }
  return terms;
}
