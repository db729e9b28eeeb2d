import { attempt, collectProblems } from "../config/collect.js";
import {
  type LoadOptions as DocumentOptions,
  type Input,
  type Kinds,
  type Loaded,
  loadDocument,
} from "../config/load.js";
import { ConfigError } from "../config/problem.js";
import { decodeText, type Files, readFile, resolveNamed } from "../config/source.js";
import { type MapNode, nodeAt, type Origin, type Path } from "../config/tree.js";
import type { Dataset } from "../data/dataset.js";
import { type FirmwareModel, firmwareSchema } from "../firmware/schema.js";
import { type DatasetPaths, type NetworkShape, networkShape, type Workload } from "../rbnn/workload.js";
import { workloadSchema } from "../rbnn/workload-schema.js";
import { parseSramTables } from "../soc/cacti.js";
import { buildChip, type Chip } from "../soc/chip.js";
import { type ChipConfig, chipSchema } from "../soc/chip-schema.js";
import { SRAM_TABLE, SRAM_TEMPERATURE_TABLE } from "../soc/library.js";
import { expandBattery, mergeParts } from "../soc/parts.js";
import { type PlacementDocument, placementSchema } from "../soc/placement/file-schema.js";
import type { DutyConfig } from "./duty-schema.js";
import { byFile, ownSettings, seedSetting, settingsOf } from "./overrides.js";
import { baseName, relativeOrigin } from "./paths.js";
import { dataFiles, readData } from "./read-data.js";
import { type ExperimentDocument, experimentSchema } from "./schemas.js";

/** What may replace the files and values of an experiment; paths are relative to the working directory. */
export interface LoadOptions {
  readonly chip?: string | undefined;
  readonly firmware?: string | undefined;
  readonly workload?: string | undefined;
  /** `path=value` arguments, in order. */
  readonly set?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  /** A placement file, in place of the search for the cheapest placement. */
  readonly placement?: string | undefined;
  /** The four files of MNIST, for workloads that name it. */
  readonly mnist?: DatasetPaths | undefined;
}

/** Three files, read and checked: everything that a run or an estimate needs. */
export interface Experiment {
  readonly name: string;
  readonly path: string;
  readonly chip: Chip;
  /** What the chip was built from. */
  readonly chipConfig: ChipConfig;
  /** The chip of another configuration, with the same origins. @throws ConfigError for one that contradicts itself */
  readonly rebuildChip: (config: ChipConfig) => Chip;
  readonly firmware: FirmwareModel;
  readonly firmwareName: string;
  readonly workload: Workload;
  readonly shape: NetworkShape;
  /** How often the device trains and infers; undefined if the experiment does not say. */
  readonly duty: DutyConfig | undefined;
  /** What fixes the placement, if something does. */
  readonly placement?: Loaded<PlacementDocument> | undefined;
  /** Where a value of a document was written, for problems that show later. */
  readonly originOf: (
    file: "experiment" | "firmware" | "workload",
    path: readonly (string | number)[],
  ) => Origin;
  /** Where a value of the chip, or of a part in it, was written; undefined for what nobody wrote. */
  readonly originOfChip: (path: Path) => Origin | undefined;
  /** The documents as they were resolved, every value with where it was written; the duty is empty without one. */
  readonly trees: Readonly<Record<"chip" | "firmware" | "workload" | "duty", MapNode>>;
  /** Every file that was read. */
  readonly inputs: readonly Input[];
  /** The files of data of its own, relative to the working directory; undefined for data that comes with rebit. */
  readonly dataFiles: DatasetPaths | undefined;
  /** Reads the data set. @throws ConfigError, DataError */
  readonly readDataset: () => Dataset;
}

/** The documents of an experiment. */
interface Documents {
  readonly experiment: Loaded<ExperimentDocument>;
  readonly chip: Chip;
  readonly chipFile: Loaded<ChipConfig>;
  readonly rebuildChip: Experiment["rebuildChip"];
  readonly firmwareFile: Loaded<FirmwareModel>;
  readonly workloadFile: Loaded<Workload>;
  readonly placement: Loaded<PlacementDocument> | undefined;
  readonly inputs: readonly Input[];
}

/** @throws ConfigError with the problems of all documents and settings */
function readDocuments(path: string, options: LoadOptions, files: Files): Documents {
  return collectProblems((report) => {
    const given = settingsOf(options.set ?? [], report);
    const isDuty = (setting: { readonly path: string }): boolean => setting.path.startsWith("duty.");
    const experiment = loadDocument<ExperimentDocument>(
      files,
      path,
      { "rebit/experiment@1": experimentSchema },
      { overrides: given.filter(isDuty) },
    );
    const others = given.filter((setting) => !isDuty(setting));
    const settings = [...ownSettings(experiment), ...others, ...seedSetting(options.seed)];
    const overrides = byFile(settings, report);
    const inputs: Input[] = [...experiment.inputs];
    const load = <T>(
      key: "chip" | "firmware" | "workload",
      kinds: Kinds<T>,
      steps: Pick<DocumentOptions, "expand" | "transform"> = {},
    ): Loaded<T> | undefined =>
      attempt(report, () => {
        const target =
          options[key] ?? resolveNamed(files, nearestOrigin(experiment, [key]), experiment.value[key]);
        if (options[key] === undefined) readFile(files, target, experiment.originOf([key]));
        const loaded = loadDocument<T>(files, target, kinds, { overrides: overrides[key], ...steps });
        inputs.push(...loaded.inputs);
        return loaded;
      });

    const parts: Input[] = [];
    const chipFile = load<ChipConfig>(
      "chip",
      { "rebit/chip@1": chipSchema },
      {
        expand: expandBattery,
        transform: (tree, reportHere) => mergeParts(tree, files, parts, reportHere),
      },
    );
    inputs.push(...parts);
    const tables = readTables(files, inputs);
    const rebuildChip = (file: Loaded<ChipConfig>, value: ChipConfig): Chip =>
      buildChip({ value, path: file.path, originOf: file.originOf.bind(file) }, tables, relativeOrigin(path));
    const chip = chipFile && attempt(report, () => rebuildChip(chipFile, chipFile.value));
    const firmwareFile = load<FirmwareModel>("firmware", { "rebit/firmware@1": firmwareSchema });
    const workloadFile = load<Workload>("workload", { "rebit/workload@1": workloadSchema });
    const placementPath = options.placement;
    const placement =
      placementPath === undefined
        ? undefined
        : attempt(report, () =>
            loadDocument<PlacementDocument>(files, placementPath, { "rebit/placement@1": placementSchema }),
          );
    inputs.push(...(placement?.inputs ?? []));
    if (
      chip === undefined ||
      chipFile === undefined ||
      firmwareFile === undefined ||
      workloadFile === undefined
    ) {
      // Nothing to add to what is reported.
      throw new ConfigError([]);
    }
    return {
      experiment,
      chip,
      chipFile,
      rebuildChip: (config) => rebuildChip(chipFile, config),
      firmwareFile,
      workloadFile,
      placement,
      inputs,
    };
  });
}

/**
 * Reads an experiment and the files that it names.
 * Precedence: files < options.chip, .firmware, .workload < the experiment's `set` < options.set, .seed.
 * @throws ConfigError with the problems of all its documents and settings; DataError for an unusable data set
 */
export function loadExperiment(path: string, options: LoadOptions, files: Files): Experiment {
  const documents = readDocuments(path, options, files);
  const { experiment, chip, chipFile, rebuildChip, firmwareFile, workloadFile, placement, inputs } =
    documents;
  const workload = workloadFile.value;

  const originOf: Experiment["originOf"] = (file, below) => {
    return nearestOrigin({ experiment, firmware: firmwareFile, workload: workloadFile }[file], below);
  };
  let dataset: Dataset | undefined;
  const readDataset = (): Dataset => {
    dataset ??= readData(workload, options.mnist, files, originOf);
    return dataset;
  };
  const shapeIsKnown = typeof workload.dataset === "string";
  return {
    name: experiment.value.name ?? baseName(path),
    path,
    chip,
    chipConfig: chipFile.value,
    rebuildChip,
    firmware: firmwareFile.value,
    firmwareName: firmwareFile.value.name ?? baseName(firmwareFile.path),
    workload,
    placement,
    shape: networkShape(workload, shapeIsKnown ? undefined : readDataset()),
    duty: experiment.value.duty,
    originOf,
    originOfChip: (below) => chipFile.originOf(below),
    trees: {
      chip: chipFile.tree,
      firmware: firmwareFile.tree,
      workload: workloadFile.tree,
      duty: dutyTree(experiment),
    },
    inputs: uniqueInputs(inputs),
    dataFiles: dataFiles(workload, files, originOf),
    readDataset,
  };
}

function dutyTree({ tree }: Loaded<ExperimentDocument>): MapNode {
  const duty = nodeAt(tree, ["duty"])?.node;
  return duty?.type === "map" ? duty : { type: "map", origin: tree.origin, entries: new Map() };
}

/** Where a value of a document was written, or the nearest thing around it that was. */
export function nearestOrigin(
  document: Pick<Loaded<unknown>, "originOf" | "path">,
  below: readonly (string | number)[],
): Origin {
  for (let length = below.length; length >= 0; length -= 1) {
    const origin = document.originOf(below.slice(0, length));
    if (origin !== undefined) return origin;
  }
  return { file: document.path, line: 1, column: 1 };
}

function readTables(files: Files, inputs: Input[]) {
  const [sram = "", temperature = ""] = [SRAM_TABLE, SRAM_TEMPERATURE_TABLE].map((path) => {
    const bytes = readFile(files, path);
    inputs.push({ path, bytes });
    return decodeText(bytes, path);
  });
  return parseSramTables(sram, temperature);
}

function uniqueInputs(inputs: readonly Input[]): Input[] {
  return [...new Map(inputs.map((input) => [input.path, input])).values()];
}
