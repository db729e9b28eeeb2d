import { expect } from "chai";
import { tensorsNamed } from "../../src/firmware/nest.js";
import { access, cycles, fetch, loop, operation, stream, when } from "./support/nests.js";

describe("the tensors that kernels name", () => {
  it("are those that they read, write or pass over, in loops and options too", () => {
    const kernels = [
      [fetch("samples", "input"), operation("add"), cycles(3)],
      [
        loop("row", "outputs", [
          stream("weights", ["row", "0"], 12),
          when({ wait: "poll" }, [access("write", "logits", [0])]),
        ]),
      ],
    ];
    expect([...tensorsNamed(kernels)]).to.have.members(["weights", "logits"]);
  });
});
