import { expect } from "chai";
import { nodeFiles } from "../../src/data/node-files.js";
import { loadExperiment } from "../../src/experiment/load.js";
import { problemsOf } from "../config/support/problems.js";
import { chipText, experimentOf, overlay, type Texts, workloadText } from "./support/experiments.js";

const brief = (texts: Texts, set: string[] = []): string[] =>
  problemsOf(() => experimentOf(texts, { set })).map(
    ({ path, line, column, code }) => `${path}:${line}:${column} ${code}`,
  );

describe("the precedence of values", () => {
  const lines = ["set: {chip.clocks.core: 24 MHz, workload.training.seed: 5}"];

  it("is files < the experiment's set < --set, --seed", () => {
    expect(experimentOf().chip.core.clockHertz).to.equal(48e6);
    expect(experimentOf({ lines }).chip.core.clockHertz).to.equal(24e6);
    const own = experimentOf(
      { lines },
      { set: ["chip.clocks.core=12 MHz", "chip.clocks.core=6 MHz"], seed: 9 },
    );
    expect(own.chip.core.clockHertz, "the last one wins").to.equal(6e6);
    expect(own.workload.training.seed).to.equal(9);
    expect(experimentOf({ lines }).workload.training.seed).to.equal(5);
  });

  it("is files < --chip, --workload < set", () => {
    const more = {
      "memory/other.yaml": chipText({ coreMegahertz: 7, sramKibibytes: 128 }),
      "memory/task.yaml": workloadText({ hidden: [3] }),
    };
    const options = { chip: "memory/other.yaml", workload: "memory/task.yaml" };
    const plain = experimentOf({ more }, options);
    expect([plain.chip.core.clockHertz, plain.shape.hidden]).to.deep.equal([7e6, [3]]);
    const set = experimentOf({ more, lines }, options);
    expect([set.chip.core.clockHertz, set.chip.sram.capacityBytes]).to.deep.equal([24e6, 131_072]);
  });

  it("lets a chip's value win over its part and the table, and names where it was written", () => {
    const { chip } = experimentOf(
      {},
      {
        set: [
          "chip.components.flash.energy.erase=1 mJ/sector",
          "chip.components.sram.energy.read=7 pJ/access",
        ],
      },
    );
    expect(chip.offChip[0]?.actions.erase).to.include({ value: 1e-3, status: "given" });
    expect(chip.offChip[0]?.actions.erase?.source).to.include("--set");
    expect(chip.sram.actions.read).to.include({ value: 7e-12, status: "given" });
    expect(chip.sram.actions.write.source).to.include("CACTI");
  });
});

describe("an experiment whose files do not fit together", () => {
  const chip = chipText();

  it("is refused where the mistake stands", () => {
    expect(
      brief({ experiment: "schema: rebit/experiment@1\nchip: none.yaml\nfirmware: f\nworkload: w\n" }),
    ).to.deep.equal([
      "memory/experiment.yaml:2:7 missing-file",
      "memory/experiment.yaml:3:11 missing-file",
      "memory/experiment.yaml:4:11 missing-file",
    ]);
    expect(brief({ lines: ["set: {chips.x: 1}"] })).to.deep.equal([
      "memory/experiment.yaml:5:16 unknown-path",
    ]);
    expect(brief({ chip: chip.replace("kind: sram", "kind: srma") }).join()).to.match(
      /chip.yaml:9:\d+ unknown-value/,
    );
    expect(brief({ chip: chip.replace("clock: core,", "clock: cor,") }).join()).to.match(
      /memory\/chip.yaml:7:\d+ unknown-clock/,
    );
  });

  it("is refused with the problems of all its documents and settings", () => {
    const texts = {
      chip: chip.replace("48 MHz", "48"),
      workload: workloadText().replace("batch: 1", "batch: none"),
      lines: ["set: {firmware.options.wait: slep, chips.x: 1}"],
    };
    expect(brief(texts, ["chip", "x.y=1", "chip.components.srm.capacity=1 KiB"])).to.deep.equal([
      "--set:1:1 bad-set",
      "--set:1:1 unknown-path",
      "--set:1:1 unknown-path",
      "memory/experiment.yaml:5:30 unknown-value",
      "memory/experiment.yaml:5:45 unknown-path",
      "memory/chip.yaml:5:16 bare-number",
      "memory/workload.yaml:8:19 wrong-type",
    ]);
  });

  it("names all parts that are none, and what else is wrong with the chip", () => {
    const wrong = chip
      .replace("battery: CR2032", "battery: CR2023")
      .replace("part: W25Q128JV", "part: W25Q128JW")
      .replace("part: HM01B0", "part: CR2032")
      .replace("48 MHz", "48");
    const problems = brief({ chip: wrong });
    expect(problems.map((problem) => problem.replace(/^.*chip.yaml:(\d+):\d+/, "$1"))).to.deep.equal([
      "4 unknown-part",
      "5 bare-number",
      "10 unknown-part",
      "12 wrong-part",
    ]);
  });

  it("names what a chip lacks or has twice", () => {
    const without = chip.replace(/ {2}sram:.*\n/, "");
    expect(brief({ chip: without }).join()).to.include("missing-component");
    const twice = chip.replace(/( {2})(camera:.*\n)/, "  $2  second$2");
    expect(brief({ chip: twice }).join()).to.include("too-many");
    const batteries = `${chip}  cell: {kind: battery, part: CR2032}\n`;
    expect(brief({ chip: batteries }).join()).to.include("too-many");
  });

  it("reads a part of its own, which may extend another", () => {
    const more = {
      "memory/mine.yaml":
        "schema: rebit/part@1\nextends: ../configs/parts/W25Q128JV.yaml\nname: mine\ncomponent: {capacity: 8 MiB}\n",
    };
    const own = chip.replace("part: W25Q128JV", "part: ./mine.yaml");
    const experiment = experimentOf({ chip: own, more });
    expect(experiment.chip.offChip[0]).to.include({ capacityBytes: 8 * 2 ** 20, pageBytes: 256 });
    expect(experiment.inputs.map(({ path }) => path)).to.include.members([
      "memory/mine.yaml",
      "configs/parts/W25Q128JV.yaml",
    ]);
  });

  it("takes files that it names relative to where their names are written, extended or not", () => {
    const ert =
      "ERT: {version: 0.4, tables: [{name: chip.dma, actions: [{name: transfer, arguments: null, energy: 4}]}]}";
    const base = chip
      .replace("kind: dma,", "kind: dma, from: ./ert.yaml,")
      .replace("part: W25Q128JV", "part: ./mine.yaml");
    const more = {
      "base/chip.yaml": base,
      "base/ert.yaml": ert,
      "base/mine.yaml":
        "schema: rebit/part@1\nextends: ../configs/parts/W25Q128JV.yaml\nname: mine\ncomponent: {capacity: 8 MiB}\n",
      "memory/ert.yaml": ert.replace("energy: 4", "energy: 5"),
    };
    const extending = "schema: rebit/chip@1\nextends: ../base/chip.yaml\n";
    const built = experimentOf({ chip: extending, more }).chip;
    expect(built.dma?.actions.transfer.value).to.be.closeTo(4e-12, 1e-24);
    expect(built.offChip[0]?.capacityBytes).to.equal(8 * 2 ** 20);
    const own = `${extending}components: {dma: {from: ./ert.yaml}}\n`;
    expect(experimentOf({ chip: own, more }).chip.dma?.actions.transfer.value).to.be.closeTo(5e-12, 1e-24);
    const set = ["chip.components.dma.from=base/ert.yaml"];
    expect(experimentOf({ chip: own, more }, { set }).chip.dma?.actions.transfer.value).to.be.closeTo(
      4e-12,
      1e-24,
    );
  });

  it("tells problems of a part in the part's file", () => {
    const more = {
      "memory/mine.yaml":
        "schema: rebit/part@1\nname: mine\ndescription: d\nsource: s\ncomponent: {kind: battery, charge: 3}\n",
    };
    const own = chip.replace("part: W25Q128JV", "part: ./mine.yaml");
    expect(brief({ chip: own, more }).join()).to.match(/memory\/mine.yaml:5:\d+ (bare-number|missing-key)/);
  });
});

describe("the inputs of an experiment", () => {
  it("are every file that was read", () => {
    const { inputs } = loadExperiment(
      "memory/e.yaml",
      {},
      overlay({
        "memory/e.yaml":
          "schema: rebit/experiment@1\nchip: c.yaml\nfirmware: ../firmware-models/packed-fields/firmware.yaml\nworkload: w.yaml\n",
        "memory/c.yaml": "schema: rebit/chip@1\nextends: base.yaml\nname: changed\n",
        "memory/base.yaml": chipText(),
        "memory/w.yaml": workloadText(),
      }),
    );
    const paths = inputs.map(({ path }) => path.replace(/^.*\/configs\//, "configs/"));
    expect(paths).to.have.members([
      "memory/e.yaml",
      "memory/c.yaml",
      "memory/base.yaml",
      "memory/w.yaml",
      "firmware-models/packed-fields/firmware.yaml",
      "configs/parts/W25Q128JV.yaml",
      "configs/parts/CR2032.yaml",
      "configs/parts/HM01B0.yaml",
      "configs/cacti/cacti-sram.csv",
      "configs/cacti/cacti-sram-temperature.csv",
    ]);
  });

  it("keep the file system's errors located", () => {
    expect(
      problemsOf(() => loadExperiment("configs/experiments/none.yaml", {}, nodeFiles))[0]?.code,
    ).to.equal("missing-file");
  });
});
