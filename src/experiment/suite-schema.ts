import type * as z from "zod";
import { leaf } from "../config/field.js";
import { list, quantity, strict, text } from "../config/fields.js";
import { type Budget, BudgetError, parseBudget } from "./budget.js";

const budget = leaf(
  { expected: "a budget such as storage.onChip.peakBytes <= 60 KiB" },
  {
    type: "string",
    description: "A limit on a number of the report, by its path: PATH <= VALUE or PATH >= VALUE.",
  },
  (value, complain): Budget => {
    if (typeof value !== "string")
      return complain("wrong-type", "expected a budget such as storage.onChip.peakBytes <= 60 KiB");
    try {
      return parseBudget(value);
    } catch (error) {
      if (!(error instanceof BudgetError)) throw error;
      return complain("bad-budget", error.message);
    }
  },
);

const suiteCase = strict(
  {
    name: text({ doc: "Name in results; by default the experiment's path." }).optional(),
    experiment: text({ doc: "Path of the experiment, relative to this file." }),
    golden: text({
      doc: "Path of the file with what is expected, relative to this file; --bless writes it.",
    }).optional(),
    budgets: list(budget, { doc: "Limits that have to hold." }).prefault([]),
  },
  { doc: "An experiment, and what is expected of it." },
);

/** rebit/suite@1 */
export const suiteSchema = strict(
  {
    tolerance: strict(
      {
        energy: quantity("ratio", {
          doc: "How far a total energy may be from the golden one.",
          min: 0,
        }).default(0),
        time: quantity("ratio", { doc: "How far a total time may be from the golden one.", min: 0 }).default(
          0,
        ),
      },
      { doc: "Absent: goldens hold to their last digit, and so do all counts." },
    ).prefault({}),
    cases: list(suiteCase, { doc: "At least one: a suite that checks nothing is a failure.", min: 1 }),
  },
  { doc: "The regression test of a hardware cost model." },
);

export type Suite = z.infer<typeof suiteSchema>;
