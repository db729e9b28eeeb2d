import { expect } from "chai";
import { measureInRounds } from "../../bench/rounds.js";

describe("rounds of a benchmark", () => {
  it("interleave the turns, every other round backwards, and keep speeds by round", async () => {
    const order: string[] = [];
    const turn = (name: string) => ({
      name,
      measure: async (seconds: number) => {
        order.push(`${name} ${seconds}`);
        return order.length;
      },
    });
    const speeds = await measureInRounds([turn("a"), turn("b")], { rounds: 3, seconds: 0.5 });
    expect(order).to.deep.equal(["a 0.5", "b 0.5", "b 0.5", "a 0.5", "a 0.5", "b 0.5"]);
    expect([...speeds]).to.deep.equal([
      ["a", [1, 4, 5]],
      ["b", [2, 3, 6]],
    ]);
  });
});
