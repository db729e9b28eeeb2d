import type { ActionEnergy, Energy, StateEnergy, TrafficEntry } from "../../report/costs.js";

/** What a difference of energy comes from, by one action or state of a component. */
export interface EnergyChange {
  readonly component: string;
  /** The action, or the state. */
  readonly of: string;
  /** Actions, or seconds in a state. */
  readonly before: number;
  readonly after: number;
  /** Joules an action, or watts. */
  readonly costBefore: number;
  readonly costAfter: number;
  readonly differenceJoules: number;
  /** (after - before) x the old cost: more or fewer of them. */
  readonly byCountJoules: number;
  /** after x the change of cost: dearer or cheaper ones. */
  readonly byCostJoules: number;
}

/** A difference of energy by when in the training it is used. */
export interface PhaseChange extends Pick<PhaseEnergy, "phase" | "iteration"> {
  /** Joules. */
  readonly before: number;
  readonly after: number;
  readonly differenceJoules: number;
}

/** A difference of energy through the traffic of a tensor. */
export interface TrafficChange
  extends Pick<TrafficEntry, "component" | "action" | "tensor" | "phase" | "iteration"> {
  readonly before: number;
  readonly after: number;
  readonly differenceJoules: number;
}

type PhaseEnergy = Energy["phases"][number];

interface Amount {
  readonly count: number;
  readonly cost: number;
}

const amountOf = (entry: ActionEnergy | StateEnergy): Amount =>
  "action" in entry
    ? { count: entry.count, cost: entry.joulesPerAction }
    : { count: entry.timeSeconds, cost: entry.watts };

const nameOf = (entry: ActionEnergy | StateEnergy): string =>
  "action" in entry ? entry.action : entry.state;

/**
 * Where the difference of two energies comes from: for each action and state, the change of its count at the old cost, and
 * the new count at the change of cost. What is in one of them only differs by its count. All of them sum to the difference.
 */
export function energyChanges(before: Energy, after: Energy): EnergyChange[] {
  const keyOf = (entry: ActionEnergy | StateEnergy): string => `${entry.component} ${nameOf(entry)}`;
  const old = new Map(before.entries.map((entry) => [keyOf(entry), entry]));
  const fresh = new Map(after.entries.map((entry) => [keyOf(entry), entry]));
  const keys = [...new Set([...old.keys(), ...fresh.keys()])];
  return keys.flatMap((key) => {
    const [was, is] = [old.get(key), fresh.get(key)];
    const entry = was ?? is;
    if (entry === undefined) return [];
    const a = was && amountOf(was);
    const b = is && amountOf(is);
    const costBefore = a?.cost ?? b?.cost ?? 0;
    const costAfter = b?.cost ?? costBefore;
    const [countBefore, countAfter] = [a?.count ?? 0, b?.count ?? 0];
    return [
      {
        component: entry.component,
        of: nameOf(entry),
        before: countBefore,
        after: countAfter,
        costBefore,
        costAfter,
        differenceJoules: (is?.energyJoules ?? 0) - (was?.energyJoules ?? 0),
        byCountJoules: (countAfter - countBefore) * costBefore,
        byCostJoules: countAfter * (costAfter - costBefore),
      },
    ];
  });
}

/** The same by phase and iteration, whatever uses it; those that do not differ are left out. All of them sum to the difference. */
export function phaseChanges(before: Energy, after: Energy): PhaseChange[] {
  const keyOf = ({ phase, iteration }: PhaseEnergy): string => `${phase} ${iteration}`;
  const old = new Map(before.phases.map((entry) => [keyOf(entry), entry]));
  const fresh = new Map(after.phases.map((entry) => [keyOf(entry), entry]));
  return [...new Map([...old, ...fresh])].flatMap(([key, { phase, iteration }]) => {
    const [was, is] = [old.get(key)?.energyJoules ?? 0, fresh.get(key)?.energyJoules ?? 0];
    return was === is ? [] : [{ phase, iteration, before: was, after: is, differenceJoules: is - was }];
  });
}

/**
 * The same through the traffic: count x cost of each tensor, phase and iteration, for actions that the energy bill counts
 * by accesses. Those that do not differ are left out.
 */
export function trafficChanges(
  before: { readonly energy: Energy; readonly traffic: readonly TrafficEntry[] },
  after: { readonly energy: Energy; readonly traffic: readonly TrafficEntry[] },
): TrafficChange[] {
  const keyOf = ({ component, action, tensor, phase, iteration }: TrafficEntry): string =>
    JSON.stringify([component, action, tensor, phase, iteration]);
  const [old, fresh] = [before, after].map(
    ({ traffic }) => new Map(traffic.map((entry) => [keyOf(entry), entry])),
  );
  const [oldCosts, freshCosts] = [before, after].map(({ energy }) => costsOf(energy));
  const changes: TrafficChange[] = [];
  for (const key of new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])])) {
    const [was, is] = [old?.get(key), fresh?.get(key)];
    const entry = was ?? is;
    if (entry === undefined) continue;
    const { component, action, tensor, phase, iteration } = entry;
    const costKey = `${component} ${action}`;
    const [costBefore, costAfter] = [oldCosts?.get(costKey), freshCosts?.get(costKey)];
    const joules = (count: number | undefined, cost: number | undefined): number =>
      (count ?? 0) * (cost ?? 0);
    const differenceJoules =
      joules(is?.count, costAfter ?? costBefore) - joules(was?.count, costBefore ?? costAfter);
    if (differenceJoules === 0) continue;
    const counts = { before: was?.count ?? 0, after: is?.count ?? 0 };
    changes.push({ component, action, tensor, phase, iteration, ...counts, differenceJoules });
  }
  return changes;
}

function costsOf({ entries }: Energy): Map<string, number> {
  return new Map(
    entries.flatMap((entry) =>
      "action" in entry ? [[`${entry.component} ${entry.action}`, entry.joulesPerAction] as const] : [],
    ),
  );
}
