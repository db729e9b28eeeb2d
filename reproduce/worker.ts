/** A worker process of `npm run reproduce`: trains what it is told, one workload after another. */
import type { Dataset } from "../src/data/dataset.js";
import { mnistPaths, nodeFiles } from "../src/data/node-files.js";
import { loadDataset } from "../src/rbnn/load-data.js";
import type { Workload } from "../src/rbnn/workload.js";
import { trainOne } from "./train-one.js";
import type { TrainMessage, WorkerMessage } from "./worker-messages.js";

let mnist: Dataset | undefined;

/** Every workload of the plan names MNIST, so it is read once. */
function datasetOf(workload: Workload): Dataset {
  mnist ??= loadDataset(workload, { files: nodeFiles, mnist: mnistPaths() });
  return mnist;
}

const send = (message: WorkerMessage): void => {
  process.send?.(message);
};

process.on("message", async ({ workload }: TrainMessage) => {
  const dataset = datasetOf(workload);
  const start = performance.now();
  const startCpu = process.cpuUsage();
  const { iterations, activity } = await trainOne(workload, dataset, (share) =>
    send({ kind: "progress", share }),
  );
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(startCpu);
  send({ kind: "done", iterations, activity, seconds, cpuSeconds: (user + system) / 1e6 });
});
// The main process is gone, perhaps killed: nobody waits for the result.
process.on("disconnect", () => process.exit());
// Ctrl-C reaches the whole process group; the main process decides what it means.
process.on("SIGINT", () => undefined);
