import { expect } from "chai";
import fc from "fast-check";
import { largestBankBytes, lookUpSram, type SramQuery, SramTableError } from "../../src/soc/cacti.js";
import { sramCsv, tables } from "./support/chips.js";

const [header = "", ...lines] = sramCsv.trim().split(/\r?\n/);
const columns = header.split(",");
const rows = lines.map(
  (line) =>
    Object.fromEntries(line.split(",").map((value, i) => [columns[i], value])) as Record<string, string>,
);
const queryOf = (row: Record<string, string>): SramQuery => ({
  nodeNanometres: Number(row.tech_nm),
  devices: row.device_type?.replace("itrs-", "") as SramQuery["devices"],
  widthBits: Number(row.bus_width_bits),
  capacityBytes: Number(row.capacity_bytes),
  temperatureKelvin: 300,
});
const KIB = 1024;
const lstp = { nodeNanometres: 45, devices: "lstp", widthBits: 32, temperatureKelvin: 300 } as const;

describe("the SRAM table", () => {
  it("gives each of CACTI's 900 points exactly", () => {
    expect(rows).to.have.length(900);
    for (const row of rows) {
      const point = lookUpSram(tables, queryOf(row));
      expect([point.readJoules, point.writeJoules, point.accessSeconds]).to.deep.equal([
        Number(row.read_energy_nJ) * 1e-9,
        Number(row.write_energy_nJ) * 1e-9,
        Number(row.access_time_ns) * 1e-9,
      ]);
      expect(point.leakageWatts).to.equal(Number(row.leakage_total_uW) * 1e-6);
      expect(point.areaSquareMillimetres).to.equal(Number(row.area_mm2));
    }
  });

  it("gives the published figures: 64 KiB, 32 bit, 65 nm lstp reads at 17.5 pJ and leaks 12.2 uW", () => {
    const point = lookUpSram(tables, { ...lstp, nodeNanometres: 65, capacityBytes: 64 * KIB });
    expect(point.readJoules).to.be.closeTo(17.49e-12, 0.01e-12);
    expect(point.writeJoules).to.be.closeTo(29.34e-12, 0.01e-12);
    expect(point.leakageWatts).to.be.closeTo(12.2e-6, 0.05e-6);
    expect(point.accessSeconds).to.be.closeTo(4.44e-9, 0.01e-9);
  });

  it("goes along a straight line of logarithms between its points", () => {
    const property = fc.property(
      fc.constantFrom(...rows),
      fc.integer({ min: 1, max: 99 }),
      (row, percent) => {
        const below = queryOf(row);
        if (below.capacityBytes >= 2048 * KIB) return;
        const [low, high] = [below, { ...below, capacityBytes: below.capacityBytes * 2 }].map((query) =>
          lookUpSram(tables, query),
        );
        const t = percent / 100;
        const between = lookUpSram(tables, { ...below, capacityBytes: below.capacityBytes * 2 ** t });
        for (const key of [
          "readJoules",
          "writeJoules",
          "leakageWatts",
          "accessSeconds",
          "areaSquareMillimetres",
        ] as const) {
          const expected = Math.exp((1 - t) * Math.log(low?.[key] ?? 0) + t * Math.log(high?.[key] ?? 0));
          expect(between[key] / expected, key).to.be.closeTo(1, 1e-9);
        }
      },
    );
    fc.assert(property, { seed: 1, numRuns: 200 });
  });

  it("changes leakage with temperature as measured, and nothing else", () => {
    const at = (temperatureKelvin: number, nodeNanometres = 45) =>
      lookUpSram(tables, { ...lstp, nodeNanometres, temperatureKelvin, capacityBytes: 64 * KIB });
    const microwatts = [300, 320, 340, 360].map((kelvin) => at(kelvin).leakageWatts * 1e6);
    for (const [i, expected] of [1.82, 3.8, 8.12, 16.6].entries())
      expect(microwatts[i]).to.be.closeTo(expected, expected * 0.005);
    expect(at(360, 90).leakageWatts * 1e6).to.be.closeTo(16.9, 0.1);
    for (const kelvin of [310, 330, 350]) {
      const between = Math.sqrt(at(kelvin - 10).leakageWatts * at(kelvin + 10).leakageWatts);
      expect(at(kelvin).leakageWatts).to.be.closeTo(between, 1e-12);
    }
    expect({ ...at(340), leakageWatts: 0 }).to.deep.equal({ ...at(300), leakageWatts: 0 });
  });

  for (const [field, change, text] of [
    ["node", { nodeNanometres: 28 }, "it has 22, 32, 45, 65, 90 nm"],
    ["devices", { devices: "ulp" as "lstp" }, "it has"],
    ["width", { widthBits: 24 }, "it has 8, 16, 32, 64, 128 bit"],
    ["capacity", { capacityBytes: 512 }, "banks of 1 KiB to 2048 KiB"],
    ["capacity", { capacityBytes: 4096 * KIB }, "this bank is 4096 KiB"],
    ["temperature", { temperatureKelvin: 299 }, "from 300 K to 360 K"],
    ["temperature", { temperatureKelvin: 361 }, "found 361 K"],
    ["temperature", { devices: "hp", temperatureKelvin: 320 }, "known for lstp"],
  ] as const) {
    it(`refuses ${JSON.stringify(change)}, naming ${field} and what there is`, () => {
      const look = () => lookUpSram(tables, { ...lstp, capacityBytes: 64 * KIB, ...change });
      expect(look).to.throw(SramTableError, text).with.property("field", field);
    });
  }
});

describe("the largest bank of the SRAM table", () => {
  it("is that of its process and width", () => {
    const query = { ...lstp, capacityBytes: 0 };
    expect(largestBankBytes(tables, query)).to.equal(2048 * KIB);
    expect(() => largestBankBytes(tables, { ...query, widthBits: 24 })).to.throw(SramTableError);
  });
});
