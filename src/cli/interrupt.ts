import { EXIT } from "./exit-codes.js";

/**
 * Runs `work` with a signal that Ctrl-C aborts. A second Ctrl-C ends the process at once.
 * @param onInterrupt called first, to clear a progress bar away.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  onInterrupt: () => void,
): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    onInterrupt();
    process.stderr.write("rebit: stopping; Ctrl-C again to stop at once\n");
  };
  process.on("SIGINT", interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", interrupt);
  }
}
