import { expect } from "chai";
import { renderFigure } from "../../reproduce/figure.js";
import { planOf } from "../../reproduce/plan.js";
import { summariesOf } from "../../reproduce/summary.js";
import { madeUpRecords } from "./support/records.js";

describe("the figure of the storage-error trade-off", () => {
  const plan = planOf({ seeds: 2 });
  const svgOf = (errorPercent: number): Promise<string> =>
    renderFigure(
      summariesOf(
        plan,
        madeUpRecords(plan, (units) => errorPercent + 100 / units),
      ),
    );

  it("is on white, names both axes with their units and every published network", async () => {
    const svg = await svgOf(2);
    expect(svg).to.match(/^<svg [^>]*><rect [^>]*fill="white"/);
    for (const text of ["weight storage, KiB", "mean test error, %", "RBNN", "conventional BNN"]) {
      expect(svg).to.include(`>${text}<`);
    }
    for (const name of ["R1", "R2", "R3", "B1", "B2", "B3", "fig3"]) expect(svg).to.include(`>${name}<`);
  });

  it("is the same bytes for the same trainings, and others for others", async () => {
    const svg = await svgOf(2);
    expect(await svgOf(2)).to.equal(svg);
    expect(await svgOf(3)).to.not.equal(svg);
  });
});
