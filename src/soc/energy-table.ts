import type { Chip } from "./chip.js";
import type { Figure } from "./costs.js";

/** One figure of a chip: energy of an action, or power that is drawn at rest. */
export interface TableRow {
  readonly component: string;
  readonly kind: string;
  readonly action: string;
  readonly figure: Figure;
  /** Volts of the core's domain for which the energy holds, where those are not the nominal ones. */
  readonly volts?: number;
}

/** Every action of every component, in the order of reports. Energies are those at the operating point that holds. */
export function actionRows({ core, sram, code, offChip, dma, sensor, supply }: Chip): TableRow[] {
  const domain = supply.core;
  const isScaled = domain !== undefined && domain.volts !== domain.nominalVolts;
  const inDomain: readonly unknown[] = [
    core,
    ...(sram.inCoreDomain ? [sram] : []),
    ...(code?.inCoreDomain ? [code] : []),
  ];
  const blocks = [core, sram, code, ...offChip, dma, sensor];
  return blocks.flatMap((block) => {
    if (block === undefined) return [];
    const { name: component, kind } = block;
    const volts = isScaled && inDomain.includes(block) ? { volts: domain.volts } : {};
    return Object.entries(block.actions).flatMap(([action, figure]) =>
      figure === undefined ? [] : [{ component, kind, action, figure, ...volts }],
    );
  });
}

/** What every component draws while it does nothing. */
export function restingRows({ core, sram, code, offChip, sensor }: Chip): TableRow[] {
  const row = (
    block: { name: string; kind: string },
    action: string,
    figure: Figure | undefined,
  ): TableRow[] =>
    figure === undefined ? [] : [{ component: block.name, kind: block.kind, action, figure }];
  return [
    ...row(core, "sleep", core.states.sleep),
    ...row(sram, "on", sram.states.on),
    ...(code === undefined ? [] : row(code, "on", code.states.on)),
    ...offChip.flatMap((memory) => row(memory, "standby", memory.states.standby)),
    ...(sensor === undefined ? [] : row(sensor, "standby", sensor.states.standby)),
  ];
}
