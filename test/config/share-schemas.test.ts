import { Ajv } from "ajv";
import { expect } from "chai";
import { shareRepeated } from "../../src/config/share-schemas.js";

const large = {
  type: "string",
  enum: Array.from({ length: 40 }, (_, i) => `value-${i}`),
  description: "A word.",
};
const schema = {
  type: "object",
  properties: { a: large, b: { type: "array", items: large }, c: { type: "number" } },
};

describe("shareRepeated", () => {
  it("writes what is repeated once, under definitions, and keeps its description where it stood", () => {
    const shared = shareRepeated(schema);
    expect(shared.definitions).to.deep.equal({ shared1: large });
    expect(shared.properties).to.deep.include({
      a: { description: "A word.", $ref: "#/definitions/shared1" },
      c: { type: "number" },
    });
  });

  it("accepts and refuses the same documents", () => {
    const [before, after] = [schema, shareRepeated(schema)].map((each) => new Ajv().compile(each));
    for (const document of [
      { a: "value-1" },
      { a: "other" },
      { b: ["value-2"] },
      { b: ["other"] },
      { c: "x" },
      {},
    ]) {
      expect(after?.(document), JSON.stringify(document)).to.equal(before?.(document));
    }
  });

  it("leaves a schema without repetition as it is", () => {
    const single = { type: "object", properties: { a: large } };
    expect(shareRepeated(single)).to.deep.equal({ ...single, definitions: {} });
  });
});
