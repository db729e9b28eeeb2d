import { expect } from "chai";
import { nodeFiles } from "../../src/data/node-files.js";
import { derivedFigures } from "../../src/soc/derived-figures.js";
import { PARTS_FOLDER } from "../../src/soc/library.js";
import { loadPart } from "../../src/soc/parts.js";

const componentOf = (name: string) => loadPart(nodeFiles, `${PARTS_FOLDER}${name}.yaml`).value.component;
const flash = componentOf("W25Q128JV");

describe("what is derived of a part", () => {
  it("is of each burst at each clock that it has a current for, up to its highest", () => {
    const figures = derivedFigures("W25Q128JV", flash).filter(({ name }) => name === "bandwidth");
    const rows = figures.map(({ bus, value }) => [bus?.burst, (bus?.clockHertz ?? 0) / 1e6, value / 1e6]);
    expect(rows).to.deep.equal([
      ...[50, 80, 104, 133].map((clock) => ["0Bh", clock, clock / 8]),
      ["03h", 50, 6.25],
      ...["6Bh", "EBh"].flatMap((burst) => [50, 80, 104, 133].map((clock) => [burst, clock, clock / 2])),
    ]);
  });

  it("is at the highest clock where the currents are for higher ones", () => {
    if (flash.kind !== "nor-flash") throw new Error("the part is not what it was");
    const slow = { ...flash, maxClock: 20e6 };
    const clocks = derivedFigures("slow", slow).flatMap(({ bus }) =>
      bus === undefined ? [] : [bus.clockHertz],
    );
    expect(new Set(clocks)).to.deep.equal(new Set([20e6]));
  });

  it("is volts x amperes x seconds, at the usual supplies or else its highest", () => {
    const [erase] = derivedFigures("W25Q128JV", flash).filter(({ name }) => name === "energy.erase");
    expect(erase).to.include({ supplyVolts: 3, unit: "J/sector", status: "datasheet" });
    expect(erase?.value).to.be.closeTo(3 * 20e-3 * 45e-3, 1e-12);
    expect(erase?.high).to.be.closeTo(3 * 25e-3 * 400e-3, 1e-12);
    const [standby] = derivedFigures("W25Q128JV", flash).filter(({ name }) => name === "power.standby");
    expect(standby?.value).to.be.closeTo(3 * 10e-6, 1e-15);
    if (flash.kind !== "nor-flash") throw new Error("the part is not what it was");
    const odd = { ...flash, supply: { low: 2, high: 2.5 } };
    expect(new Set(derivedFigures("odd", odd).map(({ supplyVolts }) => supplyVolts))).to.deep.equal(
      new Set([2.5]),
    );
  });

  it("is nothing of a part that is no memory", () => {
    expect(derivedFigures("HM01B0", componentOf("HM01B0"))).to.deep.equal([]);
    expect(derivedFigures("CR2032", componentOf("CR2032"))).to.deep.equal([]);
  });
});
