import type { Report } from "../../../src/config/collect.js";
import { loadDocument } from "../../../src/config/load.js";
import { FileError, type Files } from "../../../src/config/source.js";
import type { Node } from "../../../src/config/tree.js";
import { mnistPaths, nodeFiles } from "../../../src/data/node-files.js";
import { type Experiment, type LoadOptions, loadExperiment } from "../../../src/experiment/load.js";
import type { FirmwareModel } from "../../../src/firmware/schema.js";
import { networkShape, type Workload } from "../../../src/rbnn/workload.js";
import { workloadSchema } from "../../../src/rbnn/workload-schema.js";
import { parseSramTables } from "../../../src/soc/cacti.js";
import { buildChip } from "../../../src/soc/chip.js";
import { type ChipConfig, chipSchema } from "../../../src/soc/chip-schema.js";
import { SRAM_TABLE, SRAM_TEMPERATURE_TABLE } from "../../../src/soc/library.js";
import { mergeParts } from "../../../src/soc/parts.js";

/** A chip, as far as tests vary it. */
export interface ChipChoice {
  readonly sramKibibytes: number;
  readonly widthBits: number;
  readonly banks: number;
  readonly coreMegahertz: number;
  readonly flashMegahertz: number;
  readonly dma: boolean;
  readonly code: boolean;
  /** Off-chip memory: of a usual part, none, or as it is written in a chip. */
  readonly flash: "nor" | "nand" | "none" | `{${string}}`;
  readonly volts: number;
  readonly isa: string;
}

export const plainChip: ChipChoice = {
  sramKibibytes: 64,
  widthBits: 32,
  banks: 2,
  coreMegahertz: 48,
  flashMegahertz: 50,
  dma: true,
  code: true,
  flash: "nor",
  volts: 3,
  isa: "cortex-m3",
};

/** A network and its training, as far as tests vary them. */
export interface WorkloadChoice {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly classes: number;
  readonly weightBits: number;
  readonly iterations: number;
  readonly batch: number;
  readonly epochs: number;
}

export const plainWorkload: WorkloadChoice = {
  inputs: 64,
  hidden: [8],
  classes: 4,
  weightBits: 8,
  iterations: 2,
  batch: 1,
  epochs: 2,
};

export function chipText(choice: Partial<ChipChoice> = {}): string {
  const { sramKibibytes, widthBits, banks, coreMegahertz, flashMegahertz, dma, code, flash, volts, isa } = {
    ...plainChip,
    ...choice,
  };
  // The NAND part has no power-down figure, and powerDown is refused without one.
  const idle = flash === "nand" ? ", power: {powerDown: 10 uW}" : "";
  const part = flash === "nor" ? "nor-flash, part: W25Q128JV" : "nand-flash, part: GD5F1GQ4UAYIG";
  const usual = `{kind: ${part}, bus: {lanes: 4, clock: ${flashMegahertz} MHz}${idle}}`;
  return [
    "schema: rebit/chip@1",
    "name: test-chip",
    "process: {node: 65 nm, devices: lstp, temperature: 300 K}",
    `supply: {voltage: ${volts.toFixed(1)} V, battery: CR2032}`,
    `clocks: {core: ${coreMegahertz} MHz}`,
    "components:",
    `  core: {kind: cpu, isa: ${isa}, clock: core, energy: {active: {value: 30 pJ/cycle, status: placeholder}}, power: {sleep: 30 uW}}`,
    ...(code ? ["  code: {kind: embedded-nvm, capacity: 128 KiB, width: 32 bit}"] : []),
    `  sram: {kind: sram, capacity: ${sramKibibytes} KiB, width: ${widthBits} bit, banks: ${banks}}`,
    ...(flash === "none" ? [] : [`  flash: ${flash.startsWith("{") ? flash : usual}`]),
    ...(dma ? ["  dma: {kind: dma, channels: 1, burst: 16 B}"] : []),
    "  camera: {kind: sensor, part: HM01B0}",
    "",
  ].join("\n");
}

export function workloadText(choice: Partial<WorkloadChoice> = {}): string {
  const { inputs, hidden, classes, weightBits, iterations, batch, epochs } = { ...plainWorkload, ...choice };
  return [
    "schema: rebit/workload@1",
    "name: test-workload",
    "dataset: synthetic",
    `synthetic: {inputs: ${inputs}, classes: ${classes}}`,
    "data: {train: 300, validation: 60, test: 60}",
    `network: {hidden: [${hidden.join(", ")}]}`,
    `storage: {weightBits: ${weightBits}, iterations: ${iterations}}`,
    `training: {batch: ${batch}, epochs: ${epochs}, seed: 1}`,
    "numerics: {inputShift: 3}",
    "",
  ].join("\n");
}

const FIRMWARE = "firmware-models/packed-fields/firmware.yaml";

const experimentText = (lines: readonly string[] = []): string =>
  [
    "schema: rebit/experiment@1",
    "chip: chip.yaml",
    `firmware: ../${FIRMWARE}`,
    "workload: workload.yaml",
    ...lines,
    "",
  ].join("\n");

/** Files in memory, below `memory/`, over those of the disk. */
export function overlay(contents: Readonly<Record<string, string>>): Files {
  return {
    ...nodeFiles,
    read: (path) => {
      const text = contents[path];
      if (text !== undefined) return new TextEncoder().encode(text);
      if (path.startsWith("memory/")) throw new FileError("missing-file", path);
      return nodeFiles.read(path);
    },
  };
}

export interface Texts {
  readonly chip?: string | undefined;
  readonly workload?: string | undefined;
  readonly experiment?: string | undefined;
  /** Lines of the experiment beside the three files. */
  readonly lines?: readonly string[] | undefined;
  readonly more?: Readonly<Record<string, string>> | undefined;
}

/** An experiment of files in memory and the shipped firmware. */
export function experimentOf(texts: Texts = {}, options: LoadOptions = {}): Experiment {
  const files = overlay({
    "memory/chip.yaml": texts.chip ?? chipText(),
    "memory/workload.yaml": texts.workload ?? workloadText(),
    "memory/experiment.yaml": texts.experiment ?? experimentText(texts.lines),
    ...texts.more,
  });
  return loadExperiment("memory/experiment.yaml", options, files);
}

/** A shipped experiment. */
export function shipped(name: string, options: LoadOptions = {}): Experiment {
  return loadExperiment(`configs/experiments/${name}.yaml`, { mnist: mnistPaths(), ...options }, nodeFiles);
}

const text = (path: string): string => new TextDecoder().decode(nodeFiles.read(path));
let known: { tables: ReturnType<typeof parseSramTables>; base: Experiment } | undefined;

/** An experiment like `experimentOf` makes it, without reading firmware and tables again: for many of them. */
export function quickExperiment(
  chip: Partial<ChipChoice>,
  workload: Partial<WorkloadChoice>,
  {
    options = {},
    samplesFrom = "sensor",
  }: { options?: Partial<FirmwareModel["options"]>; samplesFrom?: string } = {},
): Experiment {
  known ??= {
    tables: parseSramTables(text(SRAM_TABLE), text(SRAM_TEMPERATURE_TABLE)),
    base: experimentOf(),
  };
  const { tables, base } = known;
  const files = overlay({
    "memory/chip.yaml": chipText(chip),
    "memory/workload.yaml": workloadText(workload),
  });
  const transform = (tree: Node, report: Report) => mergeParts(tree, files, [], report);
  const chipFile = loadDocument<ChipConfig>(
    files,
    "memory/chip.yaml",
    { "rebit/chip@1": chipSchema },
    { transform },
  );
  const { value } = loadDocument<Workload>(files, "memory/workload.yaml", {
    "rebit/workload@1": workloadSchema,
  });
  const rebuildChip: Experiment["rebuildChip"] = (config) =>
    buildChip({ value: config, path: chipFile.path, originOf: chipFile.originOf.bind(chipFile) }, tables);
  return {
    ...base,
    chip: rebuildChip(chipFile.value),
    chipConfig: chipFile.value,
    rebuildChip,
    originOfChip: (path) => chipFile.originOf(path),
    firmware: {
      ...base.firmware,
      options: { ...base.firmware.options, ...options },
      samples: { from: samplesFrom },
    },
    workload: value,
    shape: networkShape(value),
  };
}
