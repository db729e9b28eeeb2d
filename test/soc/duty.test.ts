import { expect } from "chai";
import fc from "fast-check";
import { batteryDays, DAYS_PER_YEAR, dayOf, SECONDS_PER_DAY, wearDays } from "../../src/soc/duty.js";

const amount = (max: number) => fc.double({ min: 0, max, noNaN: true });

describe("a day", () => {
  it("is trainings, inferences, and sleep for the rest", () => {
    const day = dayOf({
      trainingsPerDay: 2,
      inferencesPerDay: 1000,
      training: { timeSeconds: 600, energyJoules: 3, drawnJoules: 4 },
      inference: { timeSeconds: 0.2, energyJoules: 0.001, drawnJoules: 0.002 },
      asleep: [
        { watts: 1e-5, efficiency: 0.5 },
        { watts: 3e-5, efficiency: 1 },
      ],
    });
    expect(day).to.deep.equal({
      training: { timeSeconds: 1200, energyJoules: 6, drawnJoules: 8 },
      inference: { timeSeconds: 200, energyJoules: 1, drawnJoules: 2 },
      sleep: { timeSeconds: 85_000, energyJoules: 85_000 * 1e-5 + 85_000 * 3e-5, drawnJoules: 4.25 },
    });
  });

  it("has as many seconds as it is long", () => {
    fc.assert(
      fc.property(
        amount(10),
        amount(1e5),
        amount(3600),
        amount(0.1),
        (trainings, inferences, long, short) => {
          const { training, inference, sleep } = dayOf({
            trainingsPerDay: trainings,
            inferencesPerDay: inferences,
            training: { timeSeconds: long, energyJoules: 1, drawnJoules: 1 },
            inference: { timeSeconds: short, energyJoules: 1, drawnJoules: 1 },
            asleep: [],
          });
          const total = training.timeSeconds + inference.timeSeconds + sleep.timeSeconds;
          expect(total).to.be.closeTo(SECONDS_PER_DAY, 1e-6);
        },
      ),
      { seed: 1 },
    );
  });
});

describe("the days of a battery", () => {
  it("are its energy over what is drawn and lost a day", () => {
    expect(batteryDays(2430, 10)).to.equal(243);
    // 1 % of 2430 J a year is 66.5 mJ a day.
    expect(batteryDays(2430, 0.5, 0.01)).to.be.closeTo(2430 / (0.5 + 24.3 / 365.25), 1e-9);
    expect(batteryDays(2430, 0, 0.01), "on the shelf").to.be.closeTo(100 * DAYS_PER_YEAR, 1e-9);
    expect(batteryDays(2430, 0), "for ever").to.equal(undefined);
  });

  it("are no more if more is drawn, or lost, or held back", () => {
    fc.assert(
      fc.property(
        amount(1e4),
        amount(100),
        amount(100),
        amount(1),
        amount(1),
        (energy, drawn, more, loss, worse) => {
          const days = (joules: number, load: number, rate: number): number =>
            batteryDays(joules, load, rate) ?? Number.POSITIVE_INFINITY;
          const base = days(energy + 1, drawn + 1e-3, loss);
          expect(days(energy + 1, drawn + 1e-3 + more, loss)).to.be.at.most(base);
          expect(days(energy + 1, drawn + 1e-3, loss + worse)).to.be.at.most(base);
          expect(days(1, drawn + 1e-3, loss)).to.be.at.most(base * (1 + 1e-12));
        },
      ),
      { seed: 1 },
    );
  });
});

describe("the days until a memory is worn out", () => {
  it("are trainings until then over trainings a day; none if nothing wears it", () => {
    expect(wearDays(2500, 0.5)).to.equal(5000);
    expect(wearDays(null, 1)).to.equal(undefined);
    expect(wearDays(2500, 0)).to.equal(undefined);
  });
});
