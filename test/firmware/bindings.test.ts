import { expect } from "chai";
import fc from "fast-check";
import { planOf } from "../../src/experiment/plan.js";
import { sizeOf, strides } from "../../src/firmware/binding.js";
import { bindingsOf } from "../../src/firmware/bindings.js";
import { experimentOf, workloadText } from "../experiment/support/experiments.js";

const { run } = planOf(
  experimentOf({ workload: workloadText({ inputs: 20, hidden: [8, 6], classes: 4, batch: 1 }) }),
);
const [first, second, output] = run.layers as [
  (typeof run.layers)[0],
  (typeof run.layers)[0],
  (typeof run.layers)[0],
];
const names = { classes: 4, inputColumns: 2, outputColumns: 3 };

describe("strides", () => {
  it("are elements between values of an index: the product of all extents behind it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), (dimensions) => {
        const found = strides(dimensions);
        expect(found).to.have.lengthOf(dimensions.length);
        expect(found.at(-1)).to.equal(1);
        for (const [index, stride] of found.entries()) {
          expect(stride).to.equal(
            dimensions.slice(index + 1).reduce((product, extent) => product * extent, 1),
          );
        }
      }),
    );
  });
});

describe("bindings of a layer's kernels", () => {
  it("show the layer's own rows of the weights, behind those of the layers before", () => {
    const weights = bindingsOf(run, second, names).weights;
    expect(weights).to.deep.include({
      dimensions: [6, 8],
      elementBits: 8,
      firstBit: 20 * 8 * 8,
      rows: { first: 8, count: 6 },
    });
    expect(bindingsOf(run, output, names).weights?.rows).to.deep.equal({ first: 14, count: 4 });
  });

  it("show the input to the first layer, activations to the others, and logits of the last", () => {
    expect(bindingsOf(run, first, names)["activations.in"]).to.deep.include({
      tensor: "input",
      dimensions: [2, 20],
    });
    expect(bindingsOf(run, second, names)["activations.in"]).to.deep.include({
      tensor: "activations",
      dimensions: [2, 8],
    });
    expect(bindingsOf(run, second, names)["activations.out"]).to.deep.include({
      tensor: "activations",
      dimensions: [3, 6],
    });
    expect(bindingsOf(run, output, names)["activations.out"]).to.deep.include({
      tensor: "logits",
      elementBits: 32,
    });
  });

  it("have the samples of training and validation, each with its label", () => {
    const { samples } = bindingsOf(run, first, names);
    expect(samples).to.deep.include({ dimensions: [360, 21], elementBits: 8, rows: "sample" });
    expect(samples && sizeOf(samples)).to.equal(360 * 21);
  });

  it("have a word of the stack, and a byte of a sum for the widest layer behind the first", () => {
    const { stack, accumulator, sums } = bindingsOf(run, output, names);
    expect(stack).to.deep.include({ tensor: "stack", dimensions: [1], elementBits: 32 });
    expect(accumulator?.dimensions).to.deep.equal([8]);
    expect(sums?.dimensions).to.deep.equal([2]);
  });
});
