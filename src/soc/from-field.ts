import type * as z from "zod";
import { either, number, record, strict, text } from "../config/fields.js";

const FILE =
  "An Accelergy energy reference table, or of an SRAM the CSV file that CACTI writes; relative to this file.";

/** Which file costs are taken from, and what of it. */
export const fromSchema = strict(
  {
    file: text({ doc: FILE }),
    table: text({ doc: "Name of the table, if it is not the component's." }).optional(),
    arguments: record(number({ doc: "Value of the argument." }), {
      doc: "Arguments of the actions, where a table has an action for several.",
    }).optional(),
  },
  { doc: "Where costs are taken from." },
);

export type CostSource = z.infer<typeof fromSchema>;

/** The key by which a component takes its energies from a file; parts.ts lays the component over them and drops the key. */
export const fromField = {
  from: either([text({ doc: FILE }), fromSchema], {
    doc: "Take energies by action from a file of another tool; those given here win.",
  }).optional(),
};
