import * as z from "zod";
import { ConfigError, problemAt } from "../config/problem.js";
import { readFile, startOf } from "../config/source.js";
import { nodeFiles } from "../data/node-files.js";
import type { Activity } from "../rbnn/activity.js";

const count = z.int().min(0);

const activity = z.object({
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

/** A report, of which only the activity counts, or an activity by itself. */
const activityDocument = z.union([z.object({ activity }).transform((report) => report.activity), activity]);

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/**
 * What depended on the data in an earlier run.
 * @param path of the JSON report of a run, or of its `activity` alone.
 * @throws ConfigError `missing-file`, `unreadable-file` or `wrong-activity`
 */
export function readActivity(path: string): Activity {
  const parsed = activityDocument.safeParse(parseJson(readFile(nodeFiles, path)));
  if (parsed.success) return parsed.data;
  const message = "this is no JSON report with an activity; `rebit run EXPERIMENT --json` prints one";
  throw new ConfigError([problemAt(startOf(path), "wrong-activity", message)]);
}
