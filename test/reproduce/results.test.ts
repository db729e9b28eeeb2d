import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { planOf, trainingsOf } from "../../reproduce/plan.js";
import { finishedOf, readTrainings, writeResults } from "../../reproduce/results.js";
import { FileError } from "../../src/config/source.js";
import { madeUpRecords } from "./support/records.js";

describe("the results file", () => {
  const plan = planOf({ seeds: 2 });
  const trainings = trainingsOf(plan);
  const records = madeUpRecords(plan, () => 3);
  let folder: string;
  const file = () => join(folder, "deep", "results.json");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rebit-results-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("gives back what was written, and nothing where there is none", () => {
    expect(readTrainings(file())).to.deep.equal([]);
    writeResults(file(), records);
    expect(readTrainings(file())).to.deep.equal(records);
  });

  it("is refused if it is something else", () => {
    const path = join(folder, "results.json");
    for (const text of ["", "{}", '{"schema": "rebit/paper-results@1", "trainings": [{}]}']) {
      writeFileSync(path, text);
      expect(() => readTrainings(path)).to.throw(FileError, /results\.json: it is no rebit\/paper-results@1/);
    }
  });

  it("counts a training as done only with the key of its plan, in the order of the plan", () => {
    expect(finishedOf(trainings, records.toReversed())).to.deep.equal(records);
    const stale = records.map((record, index) =>
      index === 3 ? { ...record, key: "of other settings" } : record,
    );
    expect(finishedOf(trainings, stale)).to.deep.equal(records.toSpliced(3, 1));
  });
});
