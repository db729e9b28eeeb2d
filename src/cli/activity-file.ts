import * as z from "zod";
import { ConfigError, problemAt } from "../config/problem.js";
import { readFile, startOf } from "../config/source.js";
import { nodeFiles } from "../data/node-files.js";
import { activitySchema } from "../experiment/activity-schema.js";
import type { Activity } from "../rbnn/activity.js";

/** A report, of which only the activity counts, or an activity by itself. */
const activityDocument = z.union([
  z.object({ activity: activitySchema }).transform((report) => report.activity),
  activitySchema,
]);

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
