import { forwardInputs, signCounts } from "./forward-inputs";
import { forwardLayer } from "./forward-layer";
import { hiddenDeltas } from "./hidden-deltas";
import { judge } from "./judge";
import { outputDeltas } from "./output-deltas";
import { sumDeltas } from "./sums";
import { updateInputs } from "./update-inputs";
import { updateRows } from "./update-rows";

/** What every task begins with; its other fields follow. */
@unmanaged
class Task {
  kind: u32;
  /** Samples, rows or blocks of lanes that the task goes through. */
  total: u32;
}

/** Does the share `chunk` of `chunks` of a task. Kinds are numbered as in ../batch-tasks.ts. */
export function runTask(task: usize, chunk: u32, chunks: u32): void {
  const kind = changetype<Task>(task).kind;
  const total = changetype<Task>(task).total;
  const first = <i32>(<u64>total * chunk / chunks);
  const end = <i32>(<u64>total * (chunk + 1) / chunks);
  switch (kind) {
    case 0: return forwardInputs(task, first, end);
    case 1: return forwardLayer(task, first, end);
    case 2: return outputDeltas(task, first, end);
    case 3: return hiddenDeltas(task, first, end);
    case 4: return sumDeltas(task, first, end);
    case 5: return updateInputs(task, first, end);
    case 6: return updateRows(task, first, end);
    case 7: return signCounts(task, first, end);
    case 8: return judge(task, first, end);
  }
}
