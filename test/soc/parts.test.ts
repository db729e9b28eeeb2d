import { expect } from "chai";
import { nodeFiles } from "../../src/data/node-files.js";
import { listParts } from "../../src/soc/part-library.js";
import { chipOf } from "./support/chips.js";
import { driven } from "./support/parts.js";

describe("a part's figures", () => {
  it("are values with their status and source beside them", () => {
    const part = listParts(nodeFiles).find(({ name }) => name === "W25Q128JV");
    const figures = new Map(part?.figures.map((figure) => [figure.name, figure]));
    expect(figures.get("bursts[1].maxClock")).to.deep.include({ value: "50 MHz", status: "estimate" });
    expect(figures.get("endurance")).to.deep.include({ value: "100000", status: "datasheet" });
    expect([...figures.keys()].filter((name) => /(^|\.)(status|source)$/.test(name))).to.deep.equal([]);
  });
});

describe("a component that names a part", () => {
  it("needs no kind of its own", () => {
    const flash = driven({ part: "W25Q128JV", lanes: 4, megahertz: 50 });
    const without = flash.replace("kind: nor-flash, ", "") as `{${string}}`;
    expect(without).not.to.include("kind");
    expect(chipOf({ flash: without }).offChip[0]?.kind).to.equal("nor-flash");
  });
});
