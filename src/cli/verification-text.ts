import type { Divergence } from "../experiment/compare-counts.js";
import type { IssVerification, Verification } from "../index.js";
import { left, right, table } from "../report/text/table.js";

const WAYS = { closedForm: "closed form", simulated: "simulated", enumerated: "enumerated" } as const;

const count = (value: number): string => value.toLocaleString("en");

/** "closed form 12, enumerated 13" */
function told(divergence: Pick<Divergence, keyof typeof WAYS>): string {
  return (Object.keys(WAYS) as (keyof typeof WAYS)[])
    .flatMap((way) => (divergence[way] === null ? [] : [`${WAYS[way]} ${count(divergence[way])}`]))
    .join(", ");
}

/** What a verification found, for people. */
export function verificationText(verification: Verification, seconds: number): string {
  const { holds, paths, activities, counters, divergentCounters, divergence, violations, cycles } =
    verification;
  const { name, chip, firmware, workload } = verification.experiment;
  const rate = verification.accesses / seconds / 1e6;
  const lines = [
    `VERIFY: ${name} (${firmware} on ${chip}, ${workload})`,
    `  ${holds ? "holds" : "DIVERGES"}: ${paths.map((path) => WAYS[path]).join(holds ? " = " : ", ")}`,
    `  compared   ${count(counters)} counters, ${count(cycles.phases)} phase times; activities: ${activities.join(", ")}`,
    `  walked     ${count(verification.accesses)} accesses one by one in ${seconds.toFixed(1)} s (${rate.toFixed(1)} M/s)`,
  ];
  if (divergence !== null) {
    const { component, action, tensor, phase, iteration, activity, measure } = divergence;
    const unit = measure === "bits" ? " (useful bits)" : "";
    lines.push(
      `  ${count(divergentCounters)} counters diverge; the first: ${component} ${action} of ${tensor}${unit}, phase ${phase}, iteration ${iteration}, activity ${activity}:`,
      `    ${told(divergence)}`,
    );
  }
  if (cycles.divergence !== null) {
    const { phase, iteration, activity } = cycles.divergence;
    lines.push(
      `  cycles differ by up to ${cycles.largestDifferencePercent.toPrecision(3)} % (limit ${cycles.limitPercent} %), most in phase ${phase}, iteration ${iteration}, activity ${activity}:`,
      `    ${told(cycles.divergence)}`,
    );
  }
  for (const { component, message, kernel, phase, iteration } of violations) {
    const place = kernel === undefined ? "" : `, kernel ${kernel}`;
    const time = phase === undefined ? "" : `, phase ${phase}, iteration ${iteration}`;
    lines.push(`  out of place in ${component}${place}${time}: ${message}`);
  }
  return lines.join("\n");
}

/** What training steps on a simulator found, for people. */
export function issText(iss: IssVerification, seconds: number): string {
  const { holds, simulator, elf, iterations, stepsPerIteration, batch, bitIdentical, kernels, tensors } = iss;
  const steps = `${count(stepsPerIteration)} update${stepsPerIteration === 1 ? "" : "s"} by ${batch === 1 ? "a sample" : `batches of ${count(batch)}`}`;
  const wrong = tensors.filter(
    ({ loads, stores, modelledLoads, modelledStores }) =>
      loads !== modelledLoads || stores !== modelledStores,
  );
  const instructions = kernels.reduce((sum, kernel) => sum + kernel.instructions, 0);
  const lines = [
    `ON ${simulator}: ${elf.path}`,
    `  ${holds ? "holds" : "DIVERGES"}: ${bitIdentical ? "the trainer's weights, bit for bit," : "OTHER WEIGHTS than the trainer's"} after ${steps} in each of ${iterations} iteration${iterations === 1 ? "" : "s"}, recycled`,
    `  ran        ${count(instructions)} instructions in ${seconds.toFixed(1)} s (${(instructions / seconds / 1e6).toFixed(1)} M/s)`,
    `  tensors    ${wrong.length === 0 ? `loads and stores of ${tensors.length} pairs of kernel and tensor as modelled` : "loads and stores differ:"}`,
    ...wrong.map(
      ({ kernel, tensor, loads, stores, modelledLoads, modelledStores }) =>
        `    ${kernel} of ${tensor}: ${count(loads)} loads (modelled ${count(modelledLoads)}), ${count(stores)} stores (modelled ${count(modelledStores)})`,
    ),
    ...table(
      [
        left("kernel"),
        right("calls"),
        right("cycles"),
        right("modelled"),
        right("error %"),
        right("tensors"),
        right("stack"),
        right("modelled"),
        right("constants"),
      ],
      kernels.map((kernel) => kernelRow(kernel, iss)),
    ),
    "  behind the error: loads and stores of tensors, of the stack and the program's own variables, and of constants, which lie with the code",
    ...iss.notes.map((note) => `  ${note}`),
  ];
  return lines.join("\n");
}

function kernelRow(
  {
    kernel,
    calls,
    cycles,
    modelled,
    errorPercent,
    stackAccesses,
    modelledStackAccesses,
  }: IssVerification["kernels"][number],
  { tensors, beside }: IssVerification,
): string[] {
  const sum = (all: readonly { kernel: string; loads: number; stores: number }[]): number =>
    all
      .filter((one) => one.kernel === kernel)
      .reduce((total, { loads, stores }) => total + loads + stores, 0);
  return [
    kernel,
    ...[calls, cycles, modelled].map(count),
    errorPercent.toFixed(2),
    ...[sum(tensors), stackAccesses, modelledStackAccesses, sum(beside)].map(count),
  ];
}
