import type { Report } from "./report.js";
import { accuracySection } from "./text/accuracy-section.js";
import { areaSection } from "./text/area-section.js";
import { legendSection, notesSection } from "./text/closing-sections.js";
import { dutySection } from "./text/duty-section.js";
import { enduranceSection } from "./text/endurance-section.js";
import { energySection } from "./text/energy-section.js";
import { inferenceSection } from "./text/inference-section.js";
import { operationsSection } from "./text/operations-section.js";
import { powerSection } from "./text/power-section.js";
import { renderSection, type Section } from "./text/section.js";
import { leversSection, storageSection } from "./text/storage-section.js";
import { summarySection } from "./text/summary.js";
import { timeSection } from "./text/time-section.js";
import { trafficSection } from "./text/traffic-section.js";

/** In the order of a reader's questions: what, does it fit, how good, how long, how much, and why. */
const SECTIONS: readonly ((report: Report) => Section | undefined)[] = [
  summarySection,
  leversSection,
  storageSection,
  accuracySection,
  timeSection,
  energySection,
  trafficSection,
  operationsSection,
  inferenceSection,
  powerSection,
  enduranceSection,
  dutySection,
  areaSection,
  notesSection,
  legendSection,
];

/** The report that people read: plain text without colours, at most about 110 columns wide. */
export function renderText(report: Report): string {
  const sections = SECTIONS.map((sectionOf) => sectionOf(report));
  return sections
    .filter((section) => section !== undefined)
    .map(renderSection)
    .join("\n");
}
