import { Ajv } from "ajv";
import { expect } from "chai";
import * as z from "zod";
import { cost } from "../../src/config/cost-field.js";
import * as fields from "../../src/config/fields.js";
import { toJsonSchema } from "../../src/config/json-schema.js";

const doc = "A field.";
const sram = fields.strict(
  {
    kind: z.literal("sram"),
    part: fields.text({ doc }).optional(),
    capacity: fields.quantity("capacity", { doc }),
    clock: fields.quantity("frequency", { doc }).default(48e6),
    energy: cost("energyPerAccess", { doc }).optional(),
    required: fields.integer({ doc, min: 1, max: 4 }).default(2),
  },
  { doc },
);
const timer = fields.strict({ kind: z.literal("timer"), ticks: fields.number({ doc }) }, { doc });
const chip = fields.strict(
  {
    name: fields.text({ doc }),
    components: fields.record(fields.variants("kind", [sram, timer], { doc }), { doc }),
  },
  { doc },
);
const schema = toJsonSchema(chip, { id: "rebit/chip@1", title: "Chip", supplier: "part" });
const accepts = new Ajv({ strictSchema: true, strictTypes: false, allErrors: true }).compile(schema);
const document = (component: unknown) => ({
  schema: "rebit/chip@1",
  name: "a",
  components: { x: component },
});

/** Every schema below a `properties` keyword, with its name. */
function propertiesIn(json: unknown): [string, unknown][] {
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [
    ...(key === "properties" && typeof value === "object" ? Object.entries(value as object) : []),
    ...propertiesIn(value),
  ]);
}

describe("toJsonSchema", () => {
  it("is draft-07, names what it is for, and documents every property", () => {
    expect(schema).to.include({
      $schema: "http://json-schema.org/draft-07/schema#",
      $id: "rebit/chip@1",
      title: "Chip",
    });
    const properties = propertiesIn(schema);
    expect(properties.length).to.be.greaterThan(20);
    for (const [name, property] of properties)
      expect(property, name).to.have.property("description").that.is.a("string");
  });

  it("takes quantities and costs as they are written", () => {
    const full = { kind: "sram", capacity: "64 KiB", clock: "48 MHz", required: 3 };
    for (const energy of [
      "5 pJ/access",
      "5e-1 pJ/access \u00b1 20 %",
      "5 \u00b5J/access +- 5%",
      { value: "5 pJ/access", status: "datasheet", source: "table 3" },
      { low: "4 pJ/access", typical: "5 pJ/access", high: "6 pJ/access" },
    ]) {
      expect(accepts(document({ ...full, energy })), JSON.stringify(energy)).to.equal(true);
    }
    for (const wrong of [
      { ...full, capacity: 64 },
      { ...full, capacity: "64 KB" },
      { ...full, capacity: "64 KiB!" },
      { ...full, energy: "5 pJ/byte" },
      { ...full, energy: { value: "5 pJ/access", status: "guess" } },
      { ...full, bank: 1 },
      { ...full, required: 9 },
      { kind: "sram" },
      { kind: "timer" },
    ]) {
      expect(accepts(document(wrong)), JSON.stringify(wrong)).to.equal(false);
    }
  });

  it("shows defaults as one would write them, and requires nothing that has one", () => {
    const properties = new Map(propertiesIn(schema));
    expect(properties.get("clock")).to.include({ default: "48 MHz" });
    expect(properties.get("required")).to.include({ default: 2, type: "integer" });
    expect(accepts(document({ kind: "sram", capacity: "1 KiB" }))).to.equal(true);
  });

  it("lets a part supply what a component lacks, and a base what a file lacks", () => {
    expect(accepts(document({ kind: "sram", part: "X" }))).to.equal(true);
    expect(accepts(document({ part: "X" }))).to.equal(false);
    expect(
      accepts({ schema: "rebit/chip@1", extends: "./a.yaml", components: { x: { clock: "1 MHz" } } }),
    ).to.equal(true);
    expect(
      accepts({ schema: "rebit/chip@1", extends: "./a.yaml", components: { x: { clock: "1 s" } } }),
    ).to.equal(false);
    expect(accepts({ schema: "rebit/chip@1", components: {} })).to.equal(false);
    expect(accepts({ name: "a", components: {} })).to.equal(false);
  });
});
