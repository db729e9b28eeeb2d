import { expect } from "chai";
import type { Report } from "../../src/report/report.js";
import { renderText } from "../../src/report/text.js";
import { fullReport, misfitReport } from "./support/report.js";

/** The lines of a section, from below its title to the next empty line. */
function section(report: Report, title: string): string {
  const text = renderText(report);
  const start = text.indexOf(`${title}\n`);
  expect(start, title).to.be.at.least(0);
  return text.slice(start, text.indexOf("\n\n", start));
}

describe("a report as text", () => {
  const text = renderText(fullReport);

  it("is at most 110 columns wide, plain and without trailing blanks", () => {
    for (const line of text.split("\n")) {
      expect(line.length, line).to.be.at.most(110);
      expect(line, line).to.not.match(/\s$/);
    }
    expect(text.replaceAll("\n", "")).to.not.match(/\p{Cc}/u);
    expect(text).to.not.match(/undefined|NaN|\[object/);
  });

  it("starts with what was simulated and the answer", () => {
    const summary = section(fullReport, "REBIT REPORT: tiny");
    for (const part of ["tiny-chip", "packed-fields", "tiny-net", "trained (what this run did)"]) {
      expect(summary).to.include(part);
    }
    expect(summary).to.match(/seed +7\n/);
    expect(summary).to.match(/test error +4\.63 %/);
    expect(summary).to.match(/training time +187\.5 ms, 9,000,000 cycles at 48 MHz/);
    expect(summary).to.match(/training energy +400\.0 uJ, 67\.5 % of it from placeholders/);
  });

  it("maps the storage in the order of addresses, in bytes, KiB and kB", () => {
    const storage = section(fullReport, "STORAGE");
    expect(storage).to.match(
      /weights +19,056 bit = 2\.33 KiB \(2\.38 kB\) for 3,176 weights: 6 bits a weight/,
    );
    expect(storage).to.match(/sram +0x00400 +weights +2,383 +2\.33 +2\.38 +load - recycle/);
    expect(storage).to.match(/flash +0x01000 +gradient +6,003 +5\.86 +6\.00 +update\n/);
    expect(storage.indexOf("0x00000")).to.be.below(storage.indexOf("0x00400"));
  });

  it("sums traffic over phases and iterations", () => {
    const traffic = section(fullReport, "TRAFFIC OF THE TRAINING");
    expect(traffic).to.match(/sram +read +weights +303,303 +1,213,212 +1\.16 MiB \(1\.21 MB\)/);
  });

  it("sums time and energy by phase, with share, cycles and clock", () => {
    const time = section(fullReport, "TIME AND ENERGY BY PHASE");
    expect(time).to.match(/forward +145\.8 ms +77\.8 % +7,000,000 +310\.0 uJ/);
    expect(time).to.match(/total +187\.5 ms +100\.0 % +9,000,000 +400\.0 uJ/);
    expect(time).to.match(/clock +48 MHz/);
    expect(time).to.match(/per sample +125\.0 us, 250\.0 nJ/);
  });

  it("lists energy entries with amount, cost, status and source, and the placeholder share", () => {
    const energy = section(fullReport, "ENERGY OF THE TRAINING BY COMPONENT");
    expect(energy).to.match(/core +active +9,000,001 +x 30\.00 pJ +270\.0 uJ +67\.5 % +placeholder +\[1\]/);
    expect(energy).to.match(/sram +on \(state\) +187\.6 ms +x 690\.0 uW +130\.0 uJ +32\.5 % +derived +\[2\]/);
    expect(energy).to.include('[2] CACTI 7, "lstp"');
    expect(energy).to.match(/placeholders +67\.5 % of the energy/);
  });

  it("has a line an iteration", () => {
    const iterations = section(fullReport, "ITERATIONS: ERROR RATES AND COST");
    expect(iterations).to.match(/ 2 +4 +3,176 +11 bit +6 bit +2 of 2 +5\.13 % +4\.20 % +4\.63 %/);
  });

  it("prices one inference, battery and wear", () => {
    expect(section(fullReport, "ONE INFERENCE, FINAL NETWORK")).to.match(
      /time +50\.00 us, 2,400 cycles at 48 MHz/,
    );
    const endurance = section(fullReport, "BATTERY AND WEAR");
    expect(endurance).to.include("4,860,000 trainings per charge: one takes 500.0 uJ of 2.430 kJ");
    expect(endurance).to.include("it loses 1.0 % a year");
    expect(endurance).to.match(/mean current +1\.000 mA of at most 3\.000 mA\n/);
    expect(endurance).to.match(/peak current +25\.00 mA of at most 15\.00 mA: TOO MUCH/);
    expect(endurance).to.match(/flash +2,500 trainings until worn out: 40 erases/);
    expect(endurance).to.match(/spare +no sector is erased/);
    expect(endurance.replace(/\s+/g, " ")).to.include(
      "fram 8,000,000,000 trainings until worn out: 1,250 writes of the most used byte in one training, " +
        "endurance 10,000,000,000,000 writes a byte (datasheet)",
    );
    expect(endurance).to.match(/mram +never worn out: 1 write of the most used byte .* endurance unlimited/);
  });

  it("says what draws most at a moment, and what is lost on the way", () => {
    const power = section(fullReport, "POWER AND SUPPLY").replace(/\s+/g, " ");
    expect(power).to.match(/peak, at most +62\.50 mW \(erase of flash\): flash erase 60\.00 mW, core sleep/);
    expect(power).to.match(/operating point +slow: core at 900\.0 mV/);
    expect(power).to.match(
      /80\.0 % of the battery's energy \(given\) arrives at the supply, 30\.0 % of the supply's in/,
    );
    expect(power).to.include("a training draws 500.0 uJ");
  });

  it("shows a day, what sleeps in it, and what ends first", () => {
    const duty = section(fullReport, "DUTY AND LIFETIME");
    expect(duty).to.match(/training +375\.0 ms +800\.0 uJ +0\.1 % +1\.000 mJ/);
    expect(duty).to.match(/sleep +86,400 s +1\.295 J +99\.9 % +1\.619 J/);
    expect(duty).to.match(/sram +retention +10\.00 uW +864\.0 mJ +66\.7 % +derived +\[2\]/);
    expect(duty).to.match(/battery +one charge lasts 1,440 days \(3\.94 years\)/);
    expect(duty).to.match(/wear +flash is worn out after 1,250 days/);
    expect(duty).to.match(/ends first +wear/);
  });

  it("shows operations in the paper's convention and exactly", () => {
    const operations = section(fullReport, "OPERATIONS");
    expect(operations).to.match(/learning +7,940 +3,177 +7,941/);
    expect(operations).to.match(/forward +476,400 +0/);
  });

  it("says what would help when it does not fit, and leaves out what did not happen", () => {
    const misfit = misfitReport();
    expect(section(misfit, "LEVERS")).to.include("nothing was trained");
    expect(section(misfit, "LEVERS")).to.match(/workload\.training\.batch: 1 +4 KiB \(4\.1 kB\) +yes/);
    const words = renderText(misfit);
    for (const title of ["TIME AND", "ENERGY OF", "TRAFFIC", "INFERENCE,", "BATTERY", "NOTES"]) {
      expect(words).to.not.include(`\n${title}`);
    }
  });
});
