import { expect } from "chai";
import { estimate } from "../../../src/experiment/estimate.js";
import { problemsOf } from "../../config/support/problems.js";
import { chipText, experimentOf } from "../../experiment/support/experiments.js";

const ERT = `ERT:
  version: 0.4
  tables:
  - name: system.chip.sram
    actions:
    - name: read
      arguments: null
      energy: 7.5
    - name: write
      arguments: {address_delta: 0, data_delta: 0}
      energy: 1.25
    - name: write
      arguments: {address_delta: 1, data_delta: 1}
      energy: 9
  - name: system.chip.PE[0..3].mac
    actions:
    - {name: compute, arguments: null, energy: 2}
`;

const CACTI = `Tech node (nm), Capacity (bytes), Number of rw ports, Number of banks, Associativity, Output width (bits), Access time (ns), Random cycle time (ns), Dynamic search energy (nJ), Dynamic read energy (nJ), Dynamic write energy (nJ), Standby leakage per bank(mW), Area (mm2),
65, 32768, 1, 1, 1, 32, 0.9, 0.5, N/A, 0.02, 0.03, 0.4, 0.1,
65, 32768, 1, 1, 1, 32, 1.5, 0.5, N/A, 0.011, 0.023, 0.006, 0.2,
65, 32768, 1, 1, 1, 64, 1.5, 0.5, N/A, 0.05, 0.05, 0.05, 0.2,
`;

/** The chip of the tests, whose SRAM says more. */
const chipWith = (more: string): string => chipText().replace(/(sram: \{[^}]*)\}/, `$1, ${more}}`);
const withFile = (more: string, text: string, path = "memory/costs") =>
  experimentOf({ chip: chipWith(more), more: { [path]: text } });
const refusal = (more: string, text: string): string =>
  problemsOf(() => withFile(more, text))
    .map(({ path, line, code, message }) => `${path}:${line}: ${code}: ${message}`)
    .join("\n");

const CHOSEN = "from: {file: costs, arguments: {address_delta: 1, data_delta: 1}}";

describe("costs of another tool's file", () => {
  it("are those of the component's table of an Accelergy ERT, each with its place there", () => {
    const { actions } = withFile(CHOSEN, ERT).chip.sram;
    expect(actions.read.value).to.be.closeTo(7.5e-12, 1e-24);
    expect(actions.write.value).to.be.closeTo(9e-12, 1e-24);
    expect(actions.read).to.include({
      status: "estimate",
      source: "Accelergy, table system.chip.sram (costs:8)",
    });
    expect(actions.write.source).to.match(/\(costs:14\)$/);
  });

  it("give way to what the component gives itself, whole", () => {
    const { actions } = withFile(`${CHOSEN}, energy: {read: {value: 3 pJ/access, source: mine}}`, ERT).chip
      .sram;
    expect(actions.read.value).to.be.closeTo(3e-12, 1e-24);
    expect(actions.read).to.include({ status: "given" });
    expect(actions.read.source).to.match(/^mine/);
    expect(actions.write.value).to.be.closeTo(9e-12, 1e-24);
  });

  it("may come from a table that is named", () => {
    const other = ERT.replace("system.chip.sram", "glb");
    const named = "from: {file: costs, table: glb, arguments: {address_delta: 0, data_delta: 0}}";
    expect(withFile(named, other).chip.sram.actions.write.value).to.be.closeTo(1.25e-12, 1e-24);
  });

  it("win over those of a part", () => {
    const chip = chipText().replace(/(flash: \{[^}]*\})(.*)\}/, "$1$2, from: costs}");
    const ert = `ERT: {version: 0.4, tables: [{name: flash, actions: [{name: read, arguments: null, energy: 5}]}]}`;
    const [flash] = experimentOf({ chip, more: { "memory/costs": ert } }).chip.offChip;
    expect(flash?.actions.read.value).to.be.closeTo(5e-12, 1e-24);
    expect(flash?.actions.command.value).to.be.above(1e-9);
  });

  it("are those of the last such bank in a result of CACTI, leakage of all banks", () => {
    const { sram } = withFile("from: costs", CACTI).chip;
    expect(sram.actions.read.value).to.be.closeTo(0.011e-9, 1e-20);
    expect(sram.actions.write.value).to.be.closeTo(0.023e-9, 1e-20);
    expect(sram.states.on.value).to.be.closeTo(2 * 0.006e-3, 1e-15);
    expect(sram.accessSeconds).to.be.closeTo(1.5e-9, 1e-18);
    expect(sram.actions.read).to.include({
      status: "derived",
      source: "CACTI, 65 nm, bank of 32768 bytes x 32 bit (costs:3)",
    });
  });

  it("count as inputs of the experiment, and change its energy", () => {
    const plain = estimate(experimentOf());
    const changed = estimate(withFile(CHOSEN, ERT));
    expect(changed.experiment.inputs.map(({ path }) => path)).to.include("costs");
    expect(changed.energy?.energyJoules).to.be.below(plain.energy?.energyJoules ?? 0);
  });

  it("are refused where the file has several, none, or is no such file", () => {
    expect(refusal("from: costs", ERT)).to.match(
      /^memory\/costs:11: ambiguous-cost: system\.chip\.sram has 2 energies for write: .*"address_delta":1/,
    );
    expect(refusal("from: {file: costs, table: glb}", ERT)).to.match(
      /^memory\/chip\.yaml:9: no-cost: there is no table for glb; tables: system\.chip\.sram, system\.chip\.PE\[0\.\.3\]\.mac/,
    );
    expect(refusal("from: {file: costs, table: 'system.chip.PE[0..3].mac'}", ERT)).to.match(
      /no-cost: .*read, write$/,
    );
    expect(refusal("from: costs", ERT.replace("PE[0..3].mac", "other.sram[0..1]"))).to.match(
      /chip\.yaml:9: ambiguous-cost: several tables are called sram: system\.chip\.sram, system\.chip\.other\.sram\[0\.\.1\]; from: \{file, table\} chooses one/,
    );
    expect(refusal("from: costs", ERT.replace("PE[0..3].mac", "sram"))).to.match(
      /several tables are called sram: system\.chip\.sram, system\.chip\.sram; a name must be that of one table/,
    );
    expect(refusal(CHOSEN, ERT.replace("energy: 7.5", "energy: lots"))).to.match(
      /costs:8: wrong-type: expected the energy/,
    );
    expect(refusal(CHOSEN, ERT.replace("tables:", "table:"))).to.match(
      /costs:2: wrong-type: expected a list under tables/,
    );
    expect(refusal("from: costs", "a: 1\n")).to.match(/chip\.yaml:9: wrong-file: costs is neither/);
    expect(refusal("from: costs", "")).to.match(/costs:1: empty/);
    expect(refusal("from: nowhere", "")).to.match(/chip\.yaml:9: missing-file/);
    expect(refusal("from: {table: x}", ERT)).to.match(/missing-key/);
    expect(refusal("from: 7", ERT)).to.match(/wrong-type: expected the path of a file/);
  });

  it("are refused where arguments choose nothing", () => {
    expect(refusal("from: {file: costs, arguments: {data_delta: 2}}", ERT)).to.match(
      /chip\.yaml:9: no-cost: system\.chip\.sram has no write with these arguments; it has .*"data_delta":1/,
    );
    expect(refusal("from: {file: costs, arguments: {data_dleta: 1}}", ERT)).to.match(
      /no-cost: no action of system\.chip\.sram has an argument data_dleta; arguments: address_delta, data_delta/,
    );
    expect(refusal("from: {file: costs, table: x}", CACTI)).to.match(
      /wrong-file: .*has no tables and arguments/,
    );
  });

  it("are refused with what was found", () => {
    const energyOf = (text: string) => refusal(CHOSEN, ERT.replace("energy: 7.5", `energy: ${text}`));
    expect(energyOf("-1")).to.match(/costs:8: wrong-type: .*at least 0; found -1$/);
    expect(energyOf("'10'")).to.match(/found the text "10"$/);
    expect(energyOf("1e400")).to.match(/costs:8: /);
    expect(energyOf("[1]")).to.match(/found a list$/);
    expect(refusal(CHOSEN, ERT.replace("name: system.chip.sram", "title: sram"))).to.match(
      /costs:4: wrong-type: expected a table with a name/,
    );
    const same = ERT.replace("{address_delta: 0, data_delta: 0}", "{address_delta: 1, data_delta: 1}");
    expect(refusal(CHOSEN, same)).to.match(/2 energies for write: lines 11 and 14 have the same arguments/);
    expect(refusal("from: {}", ERT)).to.match(/chip\.yaml:9: missing-key: from lacks file/);
    const many = ERT.replace("  - name: system", `${"  - {name: a, actions: []}\n".repeat(1000)}  - name: s`);
    expect(refusal("from: {file: costs, table: b}", many)).to.match(/a, a and 990 more \(from/);
  });

  it("are refused where CACTI's file is damaged or has no such bank", () => {
    expect(refusal("from: costs", CACTI.replaceAll("32768", "16384"))).to.match(
      /chip\.yaml:9: no-cost: .*no result for one bank of 32768 bytes x 32 bit; it has 16384 bytes x 32 bit/,
    );
    const otherLine = CACTI.replace("65, 32768, 1, 1, 1, 64, 1.5", "65, 32768, 1, 1, 1, 64, long");
    expect(withFile("from: costs", otherLine).chip.sram.accessSeconds).to.be.closeTo(1.5e-9, 1e-18);
    expect(refusal("from: costs", CACTI.replace("0.011", "0x10"))).to.match(/costs:3: damaged: .*"0x10"/);
    expect(refusal("from: costs", CACTI.replace("0.011", "1e999"))).to.match(/costs:3: damaged: .*"1e999"/);
    expect(refusal("from: costs", CACTI.replace("0.011", "much"))).to.match(
      /costs:3: damaged: expected a number under "Dynamic read energy \(nJ\)", found "much"/,
    );
    expect(refusal("from: costs", CACTI.replace("Output width (bits)", "Width"))).to.match(
      /costs:1: damaged: expected CACTI's column "Output width \(bits\)"/,
    );
    const core = chipText().replace("kind: cpu,", "kind: cpu, from: costs,");
    const problems = problemsOf(() => experimentOf({ chip: core, more: { "memory/costs": CACTI } }));
    expect(problems.map(({ code }) => code)).to.include("wrong-file");
  });
});
