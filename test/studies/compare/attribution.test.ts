import { expect } from "chai";
import fc from "fast-check";
import type { Energy } from "../../../src/report/costs.js";
import { energyChanges, phaseChanges, trafficChanges } from "../../../src/studies/compare/attribution.js";

const figure = { source: "a test", status: "given" };

const entries = fc
  .uniqueArray(
    fc.record({
      component: fc.constantFrom("core", "sram", "flash"),
      name: fc.constantFrom("read", "write", "active", "sleep"),
      count: fc.integer({ min: 0, max: 1e9 }),
      cost: fc.double({ min: 0, max: 1e-9, noNaN: true }),
    }),
    { selector: ({ component, name }) => `${component} ${name}`, minLength: 1, maxLength: 10 },
  )
  .map((all): Energy => {
    const priced = all.map(({ component, name, count, cost }) =>
      name === "sleep"
        ? { component, state: name, timeSeconds: count, watts: cost, energyJoules: count * cost, ...figure }
        : { component, action: name, count, joulesPerAction: cost, energyJoules: count * cost, ...figure },
    );
    const energyJoules = priced.reduce((sum, entry) => sum + entry.energyJoules, 0);
    return { energyJoules, placeholderShare: 0, entries: priced, phases: [] };
  });

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe("attributing a difference of energy", () => {
  it("sums to the difference, by count and by cost, within 1e-12 of the totals", () => {
    fc.assert(
      fc.property(entries, entries, (before, after) => {
        const changes = energyChanges(before, after);
        const difference = after.energyJoules - before.energyJoules;
        const scale = Math.max(before.energyJoules, after.energyJoules, Number.MIN_VALUE);
        const parts = changes.map(({ byCountJoules, byCostJoules }) => byCountJoules + byCostJoules);
        expect(Math.abs(sum(parts) - difference)).to.be.at.most(1e-12 * scale);
        expect(Math.abs(sum(changes.map((change) => change.differenceJoules)) - difference)).to.be.at.most(
          1e-12 * scale,
        );
      }),
      { seed: 1 },
    );
  });

  it("is all by cost where only costs differ, and all by count where only counts do", () => {
    const of = (count: number, joulesPerAction: number): Energy => ({
      energyJoules: count * joulesPerAction,
      placeholderShare: 0,
      entries: [
        {
          component: "sram",
          action: "read",
          count,
          joulesPerAction,
          energyJoules: count * joulesPerAction,
          ...figure,
        },
      ],
      phases: [],
    });
    expect(energyChanges(of(100, 2), of(100, 3))[0]).to.include({ byCountJoules: 0, byCostJoules: 100 });
    expect(energyChanges(of(100, 2), of(150, 2))[0]).to.include({ byCountJoules: 100, byCostJoules: 0 });
    expect(energyChanges(of(100, 2), of(150, 3))[0]).to.include({ byCountJoules: 100, byCostJoules: 150 });
  });

  it("counts what only one of them has as more or fewer of it", () => {
    const none: Energy = { energyJoules: 0, placeholderShare: 0, entries: [], phases: [] };
    const some: Energy = {
      ...none,
      energyJoules: 6,
      entries: [
        { component: "flash", state: "standby", timeSeconds: 3, watts: 2, energyJoules: 6, ...figure },
      ],
    };
    expect(energyChanges(none, some)[0]).to.include({
      before: 0,
      after: 3,
      byCountJoules: 6,
      byCostJoules: 0,
    });
    expect(energyChanges(some, none)[0]).to.include({
      before: 3,
      after: 0,
      byCountJoules: -6,
      byCostJoules: 0,
    });
  });

  it("goes through phases and iterations, also those that only one of them has", () => {
    const phasesOf = (...joules: readonly number[]): Energy => ({
      energyJoules: sum(joules),
      placeholderShare: 0,
      entries: [],
      phases: joules.map((energyJoules, index) => ({ phase: "forward", iteration: index + 1, energyJoules })),
    });
    expect(phaseChanges(phasesOf(3, 4), phasesOf(3, 6, 5))).to.deep.equal([
      { phase: "forward", iteration: 2, before: 4, after: 6, differenceJoules: 2 },
      { phase: "forward", iteration: 3, before: 0, after: 5, differenceJoules: 5 },
    ]);
  });

  it("goes through the traffic of tensors, by phase and iteration", () => {
    const energy: Energy = {
      energyJoules: 20,
      placeholderShare: 0,
      entries: [
        { component: "sram", action: "read", count: 10, joulesPerAction: 2, energyJoules: 20, ...figure },
      ],
      phases: [],
    };
    const access = { component: "sram", action: "read", phase: "forward", iteration: 1, bytes: 0 };
    const before = {
      energy,
      traffic: [
        { ...access, tensor: "weights", count: 6 },
        { ...access, tensor: "input", count: 4 },
      ],
    };
    const after = {
      energy,
      traffic: [
        { ...access, tensor: "weights", count: 7 },
        { ...access, tensor: "input", count: 4 },
      ],
    };
    expect(trafficChanges(before, after)).to.deep.equal([
      {
        ...{ component: "sram", action: "read", tensor: "weights", phase: "forward", iteration: 1 },
        ...{ before: 6, after: 7, differenceJoules: 2 },
      },
    ]);
  });
});
