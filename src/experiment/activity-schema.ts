import * as z from "zod";
import type { Activity } from "../rbnn/activity.js";

const count = z.int().min(0);

/** An activity as JSON holds it. */
export const activitySchema: z.ZodType<Activity> = z.object({
  iterations: z.array(
    z.object({
      iteration: count,
      epochs: count,
      snapshots: count,
      rowUpdates: z.array(z.array(count)),
      zeroDeltaSamples: z.array(count),
    }),
  ),
});
