import { existsSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { generatedFiles } from "../../docs/generate/files.js";

describe("generated documentation", () => {
  for (const { url, text } of generatedFiles()) {
    const name = url.pathname.replace(/^.*\/docs\//, "docs/");
    it(`${name} is what the source says now`, () => {
      expect(existsSync(url), `${name} is missing: npm run docs`).to.equal(true);
      const isCurrent = readFileSync(url, "utf8") === text;
      expect(isCurrent, `${name} is out of date: npm run docs`).to.equal(true);
    });
  }
});
