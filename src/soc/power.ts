import type { Chip } from "./chip.js";
import type { OffChipAction, OffChipMemory } from "./components/off-chip-memory.js";
import type { Sensor } from "./components/sensor.js";
import { accessCycles } from "./moves.js";

/** What one block draws at a moment. */
export interface BlockPower {
  readonly component: string;
  /** What it does; absent where it only is in a state. */
  readonly action?: string;
  readonly state?: string;
  readonly watts: number;
}

/** A moment of a run: what goes on, and what each block draws. */
export interface Moment {
  readonly name: string;
  readonly blocks: readonly BlockPower[];
}

export interface RunOptions {
  readonly wait: "sleep" | "poll";
  readonly offChipIdle: "standby" | "powerDown";
  /** Transfers, programs and erases run beside the kernels (double buffering). */
  readonly overlaps: boolean;
}

/** Whether a component does an action at least once in the run. */
export type Happens = (component: string, action: string) => boolean;

const OPERATIONS: readonly OffChipAction[] = ["command", "load", "read", "write", "program", "erase"];

/** What runs at one moment. */
interface Running {
  readonly kernel?: boolean;
  readonly sramAccesses?: boolean;
  readonly dmaBytesPerSecond?: number;
  readonly operation?: { readonly memory: OffChipMemory; readonly action: OffChipAction };
  readonly sensor?: boolean;
}

/**
 * Every kind of moment that a run has, each block at the highest rate it may have then: a kernel (the core active
 * in each cycle, fetching at its rate, the SRAM's port never idle with the dearer of read and write), a burst or an
 * internal operation of an off-chip memory, a delivery of the sensor. Single buffered they exclude each other, and the core sleeps or
 * polls beside transfers; overlapping, the core runs a kernel at the same time.
 */
export function momentsOf(
  chip: Chip,
  sensor: Sensor | undefined,
  options: RunOptions,
  happens: Happens,
): Moment[] {
  const moment = (name: string, running: Running): Moment => ({
    name,
    blocks: blocksOf(chip, sensor, options, running),
  });
  const delivers = sensor !== undefined && happens(sensor.name, "read");
  const beside = { kernel: options.overlaps, sensor: options.overlaps && delivers };
  const moments = [moment("kernel", { kernel: true, sramAccesses: true })];
  for (const memory of chip.offChip) {
    for (const action of OPERATIONS) {
      if (!happens(memory.name, action)) continue;
      const moves = action === "read" || action === "write";
      const bytesPerSecond = (memory.busHertz * memory.bitsPerClock) / 8;
      moments.push(
        moment(`${action} of ${memory.name}`, {
          kernel: beside.kernel || (moves && chip.dma === undefined),
          sramAccesses: beside.kernel || moves,
          ...(moves ? { dmaBytesPerSecond: bytesPerSecond } : {}),
          operation: { memory, action },
          sensor: beside.sensor,
        }),
      );
    }
  }
  if (sensor !== undefined && delivers) {
    moments.push(
      moment(`read of ${sensor.name}`, {
        kernel: beside.kernel || chip.dma === undefined,
        sramAccesses: true,
        dmaBytesPerSecond: sensor.bytesPerSecond,
        sensor: true,
      }),
    );
  }
  return moments;
}

function blocksOf(
  chip: Chip,
  sensor: Sensor | undefined,
  { wait, offChipIdle }: RunOptions,
  {
    kernel = false,
    sramAccesses = false,
    dmaBytesPerSecond = 0,
    operation,
    sensor: delivers = false,
  }: Running,
): BlockPower[] {
  const { core, sram, code, dma } = chip;
  const { clockHertz } = core;
  const blocks: BlockPower[] = [];
  const does = (component: string, action: string, watts: number) =>
    blocks.push({ component, action, watts });
  const is = (component: string, state: string, watts: number) => blocks.push({ component, state, watts });

  if (kernel || wait === "poll") does(core.name, "active", core.actions.active.value * clockHertz);
  else is(core.name, "sleep", core.states.sleep.value);
  if (kernel) {
    const memory = code ?? sram;
    const cyclesPerFetch = Math.max(1, core.cyclesPerFetch ?? memory.widthBits / 16);
    does(memory.name, "fetch", (memory.actions.read.value * clockHertz) / cyclesPerFetch);
  }
  if (sramAccesses) {
    const dearer = Math.max(sram.actions.read.value, sram.actions.write.value);
    does(sram.name, "access", (dearer * clockHertz) / accessCycles(chip));
  }
  is(sram.name, "on", sram.states.on.value);
  if (code?.states.on !== undefined) is(code.name, "on", code.states.on.value);
  for (const memory of chip.offChip) {
    if (memory === operation?.memory) {
      does(memory.name, operation.action, operationWatts(memory, operation.action));
      continue;
    }
    const down = offChipIdle === "powerDown" ? memory.states.powerDown : undefined;
    is(memory.name, down === undefined ? "standby" : "powerDown", (down ?? memory.states.standby).value);
  }
  if (dma !== undefined && dmaBytesPerSecond > 0) {
    does(dma.name, "transfer", dma.actions.transfer.value * dmaBytesPerSecond);
  }
  if (sensor !== undefined && delivers) {
    const reading = (sensor.actions.read?.value ?? 0) * sensor.bytesPerSecond;
    does(sensor.name, "active", sensor.states.active.value + reading);
  } else if (sensor !== undefined) is(sensor.name, "standby", sensor.states.standby.value);
  return blocks;
}

/** Energy of an action over the time that it takes; an action that takes no time draws nothing of its own. */
function operationWatts(memory: OffChipMemory, action: OffChipAction): number {
  const { busHertz, commandClocks, bitsPerClock, seconds } = memory;
  const taken = {
    ...seconds,
    command: commandClocks / busHertz,
    read: 8 / bitsPerClock / busHertz,
    write: 8 / bitsPerClock / busHertz,
  };
  const joules = memory.actions[action]?.value ?? 0;
  return taken[action] === 0 ? 0 : joules / taken[action];
}
