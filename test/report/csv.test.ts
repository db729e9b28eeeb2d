import { expect } from "chai";
import { renderCsv } from "../../src/report/csv.js";
import { fullReport, misfitReport } from "./support/report.js";

/** Reads RFC 4180: records of fields, quotes and all. */
function parseCsv(text: string): string[][] {
  const field = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/g;
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, raw = "", end] of text.matchAll(field)) {
    record.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === "\r\n") {
      records.push(record);
      record = [];
    }
  }
  return records;
}

function rowsOf(text: string): Record<string, string>[] {
  const [header = [], ...records] = parseCsv(text);
  return records.map((record) =>
    Object.fromEntries(header.map((column, index) => [column, record[index] ?? ""])),
  );
}

/** Every number at or below a value, except iterations, which are a column. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "iteration" ? [] : numbersIn(inner)));
}

describe("a report as CSV", () => {
  const rows = rowsOf(renderCsv(fullReport));

  it("has as many fields in every record", () => {
    const widths = new Set(parseCsv(renderCsv(fullReport)).map((record) => record.length));
    expect(widths.size).to.equal(1);
  });

  it("says every number of the report once, exactly, and nothing else", () => {
    for (const [section, value] of Object.entries(fullReport)) {
      const said = rows.filter((row) => row.section === section && row.unit !== "");
      const numbers = said.map((row) => Number(row.value));
      expect(numbers, section).to.have.members(numbersIn(value));
    }
  });

  it("tells every row from all others by its keys", () => {
    const keys = rows.map(({ value, ...keysOf }) => JSON.stringify(keysOf));
    expect(new Set(keys).size).to.equal(keys.length);
  });

  it("names traffic by component, action, tensor, phase and iteration", () => {
    const found = rows.find((row) => row.section === "traffic" && row.value === "202202");
    expect(found).to.include({
      component: "sram",
      action: "read",
      tensor: "weights",
      phase: "forward",
      iteration: "2",
      quantity: "count",
      unit: "1",
    });
  });

  it("gives energy its unit, status and source, whatever characters are in it", () => {
    const found = rows.find((row) => row.quantity === "watts");
    expect(found).to.include({
      section: "energy",
      component: "sram",
      state: "on",
      value: "0.00069",
      unit: "W",
      status: "derived",
      source: 'CACTI 7, "lstp"',
    });
  });

  it("has units of what is stored, timed and erased", () => {
    const unitOf = (quantity: string) => rows.find((row) => row.quantity === quantity)?.unit;
    expect(unitOf("peakBytes")).to.equal("B");
    expect(unitOf("clockHertz")).to.equal("Hz");
    expect(unitOf("timeSeconds")).to.equal("s");
    expect(unitOf("bits")).to.equal("bit");
    expect(unitOf("bitsPerWeight")).to.equal("bit/weight");
    expect(unitOf("joulesPerAction")).to.equal("J/action");
    expect(unitOf("erasesPerSector")).to.equal("erase/sector");
    expect(unitOf("squareMillimetres")).to.equal("mm2");
    expect(unitOf("testErrorPercent")).to.equal("%");
  });

  it("tells what withstands erases of a sector from what withstands writes of a byte", () => {
    const endurance = rows.filter(({ quantity }) => quantity === "enduranceCycles");
    expect(endurance.map(({ component, value, unit }) => [component, value, unit])).to.deep.equal([
      ["flash", "100000", "erase/sector"],
      ["spare", "60000", "erase/sector"],
      ["fram", "10000000000000", "write/byte"],
    ]);
    const written = rows.find(({ quantity }) => quantity === "writesPerByte");
    expect(written).to.include({ component: "fram", value: "1250", unit: "write/byte" });
  });

  it("says whether it fits", () => {
    const fits = rowsOf(renderCsv(misfitReport())).filter(({ quantity }) => quantity === "fits");
    expect(fits.map(({ name, value }) => [name, value])).to.deep.equal([
      ["", "false"],
      ["levers", "true"],
      ["onChip", "false"],
    ]);
  });
});
