import { sleepingSram } from "./banks.js";
import type { Chip } from "./chip.js";
import type { Sensor } from "./components/sensor.js";
import type { Figure } from "./costs.js";
import type { Placement } from "./placement/placement.js";

/** What is left on while the device sleeps between trainings and inferences. */
export interface SleepOptions {
  readonly offChip: "standby" | "powerDown";
  readonly sensor: "standby" | "off";
}

/** Power of one block in its state while the device sleeps. */
export interface SleepPower {
  readonly component: string;
  readonly state: string;
  readonly watts: number;
  readonly source: string;
  readonly status: string;
}

/** What every block of a sleeping device draws; what draws nothing by any figure is left out. */
export function sleepPowers(
  chip: Chip,
  placement: Placement,
  sensor: Sensor | undefined,
  options: SleepOptions,
): SleepPower[] {
  const { core, sram, code } = chip;
  const power = (component: string, state: string, figure: Figure): SleepPower => {
    const { value: watts, source, status } = figure;
    return { component, state, watts, source, status };
  };
  const kept = sleepingSram(chip, placement);
  const powers = [power(core.name, "sleep", core.states.sleep), power(sram.name, kept.state, kept.figure)];
  const codeState = code?.states.sleep === undefined ? "on" : "sleep";
  const codePower = code?.states[codeState];
  if (code !== undefined && codePower !== undefined) powers.push(power(code.name, codeState, codePower));
  for (const { name, states } of chip.offChip) {
    const down = options.offChip === "powerDown" ? states.powerDown : undefined;
    powers.push(power(name, down === undefined ? "standby" : "powerDown", down ?? states.standby));
  }
  if (sensor !== undefined && options.sensor !== "off") {
    powers.push(power(sensor.name, "standby", sensor.states.standby));
  }
  return powers;
}

/** Names of the off-chip memories that cannot be powered down. */
export function withoutPowerDown({ offChip }: Chip): string[] {
  return offChip.filter(({ states }) => states.powerDown === undefined).map(({ name }) => name);
}
