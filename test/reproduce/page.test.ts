import { expect } from "chai";
import { NAMED_NETWORKS } from "../../reproduce/networks.js";
import { renderPage } from "../../reproduce/page.js";
import { planOf } from "../../reproduce/plan.js";
import { summariesOf } from "../../reproduce/summary.js";
import { madeUpRecords } from "./support/records.js";

/** The page of trainings that all reach this error, and half of it less with each iteration. */
function pageOf(
  networks: string[] | undefined,
  errorPercent: (units: number, bits: number, iteration: number) => number,
) {
  const some =
    networks === undefined ? {} : { networks: NAMED_NETWORKS.filter(({ name }) => networks.includes(name)) };
  const plan = planOf({ ...some, seeds: 5 });
  const records = madeUpRecords(plan, errorPercent);
  return renderPage(summariesOf(plan, records), records, { costs: [], comparisons: [] });
}

describe("the page of the results", () => {
  it("says that the settings were tuned on these sets, and that validation error alone chose", () => {
    const page = pageOf(undefined, () => 3);
    expect(page).to.include("**The settings were tuned on these very sets.**");
    expect(page).to.include("**Chosen by validation error alone.**");
  });

  it("says which targets are met", () => {
    const page = pageOf(["r1", "b3", "fig3", "r3-batch1"], () => 2.3);
    expect(page).to.include("All 4 targets are met.");
    expect(page).to.match(/\| R1 \|.*\*\*2\.50\*\*.*\| 2\.56 \| \*\*met\*\*: mean − 2 standard errors 2\.36/);
    expect(page).to.match(/\| fig3 \|.*\| 2\.17 \| \*\*met\*\*: mean 2\.50, at most 2\.55/);
    expect(page).to.include("above the published one for fig3 (by 0.33)");
  });

  it("says which are not", () => {
    const page = pageOf(["r1", "b3", "fig3", "r3-batch1"], () => 3);
    expect(page).to.include("1 of 4 targets are met; not those of R1, fig3 and R3 at batch 1.");
    expect(page).to.match(/\| R3 at batch 1 \|.*\*\*not met\*\*: mean 3\.20, at most 3\.00/);
  });

  it("says where the claim of one point holds, against either kind of opponent", () => {
    // Recursion gains 1.5 points at 100 units, and half as many for each doubling; more units gain nothing.
    const page = pageOf(undefined, (units, _bits, iteration) => 4 - ((iteration - 1) * 50) / units);
    expect(page).to.include('**Against the same column, "1 point better" holds at 4 of 16 points.**');
    expect(page).to.match(
      /It holds at 100 x 6 bit \(\+1\.50 ± 0\.10\), .*It does not hold at 200 x 6 bit \(\+0\.75/,
    );
  });

  it("does without what a slice does not train", () => {
    const page = pageOf(["b3"], () => 3);
    expect(page).to.include("| B3 |").and.not.include("R1");
    expect(page).to.not.match(/undefined|NaN|Infinity/);
  });
});
