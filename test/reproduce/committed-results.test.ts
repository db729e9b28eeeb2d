import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { renderFigure } from "../../reproduce/figure.js";
import { studyHardware } from "../../reproduce/hardware/study.js";
import { renderPage } from "../../reproduce/page.js";
import { planOf, trainingsOf } from "../../reproduce/plan.js";
import { finishedOf, readTrainings, resultsText } from "../../reproduce/results.js";
import { summariesOf } from "../../reproduce/summary.js";

const docs = resolve(import.meta.dirname, "../../docs");
const committed = (name: string): string => readFileSync(join(docs, name), "utf8");

describe("the committed results of the paper", () => {
  const plan = planOf();
  const trainings = trainingsOf(plan);
  const records = finishedOf(trainings, readTrainings(join(docs, "paper-results.json")));

  it("have every training of the plan, by the settings and the arithmetic of this version", () => {
    const known = new Set(records.map(({ key }) => key));
    const missing = trainings
      .filter(({ key }) => !known.has(key))
      .map(({ title, seed }) => `${title} seed ${seed}`);
    expect(missing, "npm run reproduce -- --reuse trains what is missing").to.deep.equal([]);
  });

  it("are the JSON, the page and the figure that these trainings give", async () => {
    const summaries = summariesOf(plan, records);
    const hardware = studyHardware(plan, records);
    const hint = "npm run reproduce -- --reuse writes it anew";
    expect(committed("paper-results.json") === resultsText(records, { summaries, hardware }), hint).to.equal(
      true,
    );
    expect(committed("paper-results.md") === renderPage(summaries, records, hardware), hint).to.equal(true);
    expect(committed("paper-figure-4.svg") === (await renderFigure(summaries)), hint).to.equal(true);
  });
});
