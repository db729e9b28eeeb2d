import * as fields from "../../../src/config/fields.js";
import { loadDocument } from "../../../src/config/load.js";
import { memoryFiles } from "./memory-files.js";
import { problemsOf } from "./problems.js";

export const doc = "A field.";
const chip = fields.strict(
  {
    name: fields.text({ doc }),
    clocks: fields.record(fields.quantity("frequency", { doc }), { doc }).optional(),
    sram: fields.strict(
      {
        capacity: fields.quantity("capacity", { doc }),
        banks: fields.integer({ doc, min: 1, max: 32 }).default(1),
        sizes: fields.list(fields.integer({ doc }), { doc }).optional(),
      },
      { doc },
    ),
  },
  { doc },
);
/** The only kind of document here. */
export const kinds = { "rebit/chip@1": chip };
/** An override as --set makes it. */
export const override = (path: string, valueText: string) => ({
  path,
  valueText,
  origin: { file: "--set", line: 1, column: 1 },
  excerpt: `chip.${path}=${valueText}`,
});

/** Loads chips/a.yaml. */
export const load = (files: Record<string, string | Uint8Array | { directory: true }>, options = {}) =>
  loadDocument(memoryFiles(files), "chips/a.yaml", kinds, options);
/** The problems of loading chips/a.yaml. */
export const refused = (files: Record<string, string | Uint8Array | { directory: true }>, options = {}) =>
  problemsOf(() => load(files, options));

/** A valid chip. */
export const base =
  "schema: rebit/chip@1\nname: base\nclocks: {core: 48 MHz}\nsram:\n  capacity: 64 KiB\n  sizes: [1, 2]\n";
