import { renderCsv } from "../report/csv.js";
import { renderDocument, renderJson } from "../report/json.js";
import type { Report } from "../report/report.js";
import { renderText } from "../report/text.js";
import { EXIT } from "./exit-codes.js";

/** Which rendering the user asked for; text without either. */
export interface FormatFlags {
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** Results go to stdout; the process ends by itself once they are flushed. */
export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

export function printDocument(document: object): void {
  print(renderDocument(document));
}

/** Prints a report and sets the exit code: what cannot fit is an answer too, but not a success. */
export function printReport(report: Report, { json, csv }: FormatFlags): void {
  print(json ? renderJson(report) : csv ? renderCsv(report) : renderText(report));
  if (!report.storage.fits) process.exitCode = EXIT.cannotFit;
}
