import type * as z from "zod";
import { integer, list, record, strict, text } from "../../config/fields.js";

const rows = text({ doc: 'Rows by number, from 0 on, both ends included: "50-109" or "0-3, 9".' });

/** rebit/placement@1 */
export const placementSchema = strict(
  {
    name: text({ doc: "Name of the placement." }).optional(),
    onChip: list(
      strict(
        {
          tensor: text({ doc: "Tensor or buffer, as reports name it." }),
          rows: rows.optional(),
          address: integer({ doc: "Byte address in the SRAM, a whole word.", min: 0 }),
        },
        { doc: "A tensor, or a stretch of its rows, at an address." },
      ),
      { doc: "Addresses in the SRAM; what is not named lies at the lowest free address." },
    ).default([]),
    spill: record(
      strict(
        {
          component: text({ doc: "Off-chip memory that holds the rows." }),
          rows: rows.optional(),
        },
        { doc: "Where a tensor's rows lie off chip, and which; without rows all of them." },
      ),
      {
        doc: "Rows that lie off chip, by tensor. A tensor that is not named lies on chip, unless it has to be off chip.",
      },
    ).default({}),
  },
  { doc: "Where tensors lie: rows off chip and addresses on chip, in place of what rebit would choose." },
);

export type PlacementDocument = z.infer<typeof placementSchema>;
