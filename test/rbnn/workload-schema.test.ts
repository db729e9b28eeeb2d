import { expect } from "chai";
import { toJsonSchema } from "../../src/config/json-schema.js";
import { loadDocument } from "../../src/config/load.js";
import { WORKLOAD_KIND, workloadSchema } from "../../src/rbnn/workload-schema.js";
import { memoryFiles } from "../config/support/memory-files.js";
import { problemsOf } from "../config/support/problems.js";

const TEXT = `schema: rebit/workload@1
name: paper-r2
dataset: mnist
data: {train: 50000, validation: 10000, test: 10000}
network: {hidden: [100]}
storage: {weightBits: 16, iterations: 7}
training: {batch: 100, epochs: 15}
numerics: {outputShift: 3}
`;

function load(text: string) {
  const files = memoryFiles({ "w.yaml": text });
  return loadDocument(files, "w.yaml", { [WORKLOAD_KIND]: workloadSchema }).value;
}

/** The problems of TEXT with replacements, as `line:column code message`. */
function problems(...replacements: [string, string][]): string[] {
  const text = replacements.reduce((current, [from, to]) => {
    if (!current.includes(from)) throw new Error(`${from} is not in the text`);
    return current.replace(from, to);
  }, TEXT);
  return problemsOf(() => load(text)).map(
    ({ line, column, code, message }) => `${line}:${column} ${code} ${message}`,
  );
}

describe("a workload file", () => {
  it("is read with its defaults", () => {
    expect(load(TEXT)).to.deep.equal({
      name: "paper-r2",
      dataset: "mnist",
      data: { train: 50_000, validation: 10_000, test: 10_000 },
      network: { hidden: [100] },
      storage: { weightBits: 16, iterations: 7 },
      training: { batch: 100, epochs: 15, seed: 1, patience: "none", stopRecursion: false },
      numerics: { outputShift: 3 },
    });
  });

  it("may name four files, or size synthetic data", () => {
    const paths = "{trainImages: a, trainLabels: b, testImages: c, testLabels: d}";
    expect(load(TEXT.replace("mnist", paths)).dataset).to.deep.include({ testLabels: "d" });
    const synthetic = load(TEXT.replace("dataset: mnist", "dataset: synthetic\nsynthetic: {inputs: 100}"));
    expect(synthetic.synthetic).to.deep.equal({ inputs: 100, classes: 4 });
  });

  it("tells a bad value from a good one, at its place", () => {
    expect(problems(["dataset: mnist", "dataset: mnists"])).to.deep.equal([
      "3:10 unknown-value dataset: expected one of mnist, synthetic, " +
        'or a map of trainImages, trainLabels, testImages, testLabels, found "mnists"',
    ]);
    expect(problems(["epochs: 15", "epochs: 15, patience: never"])[0]).to.match(
      /unknown-value training.patience: expected none, or a whole number from 1 to 10000, found "never"$/,
    );
    const [hidden] = problems(["[100]", "[0]"]);
    expect(hidden).to.match(/^5:20 out-of-range network\.hidden\.0: /);
    expect(problems(["[100]", "[]"])[0]).to.match(/^5:19 out-of-range network\.hidden: /);
    expect(problems(["validation: 10000", "validation: 0"])[0]).to.match(/^4:34 out-of-range/);
    expect(problems(["weightBits: 16", "weightBits: 17"])[0]).to.match(/^6:23 out-of-range/);
    expect(problems(["batch: 100", "batch: 1001"])[0]).to.match(/^7:19 out-of-range/);
    expect(problems(["outputShift: 3", "inputShift: 1"])[0]).to.match(/^8:24 out-of-range/);
    expect(problems(["outputShift: 3", "narrowing: dithr"])[0]).to.match(/^8:23 unknown-value/);
    expect(problems(["epochs: 15", "epochs: 15, patience: never"])[0]).to.match(/training\.patience/);
  });

  it("locates what only two fields together make wrong", () => {
    expect(problems(["weightBits: 16", "weightBits: 4"])).to.deep.equal([
      "6:38 out-of-range storage.iterations: 7 iterations need a bit a weight each, but weightBits is 4; use at most 4 iterations",
    ]);
    expect(problems(["train: 50000", "train: 50"])[0]).to.match(/^7:19 out-of-range training\.batch: /);
    expect(problems(["outputShift: 3", "stepShift: 24"])[0]).to.match(
      /^8:23 out-of-range numerics\.stepShift/,
    );
    expect(problems(["mnist", "mnist\nsynthetic: {inputs: 9}"])[0]).to.match(
      /^4:12 out-of-range synthetic: /,
    );
  });

  it("has a JSON Schema in which every property is documented", () => {
    const schema = toJsonSchema(workloadSchema, { id: WORKLOAD_KIND, title: "workload" });
    const undocumented: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, child] of Object.entries(value)) {
        if (key === "properties") {
          for (const [name, property] of Object.entries(child as Record<string, { description?: string }>)) {
            if (property.description === undefined) undocumented.push(`${path}.${name}`);
          }
        }
        visit(child, `${path}.${key}`);
      }
    };
    visit(schema, "");
    expect(undocumented).to.deep.equal([]);
    expect(JSON.stringify(schema)).to.contain("stopRecursion");
  });
});
