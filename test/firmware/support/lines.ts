import type { Tally } from "../../../src/firmware/tally.js";
import type { Enumeration } from "./enumerate.js";

type Lines = Record<string, number>;

/** The counts of an enumeration as a flat record; counts of 0 are left out. */
export function enumeratedLines(seen: Enumeration): Lines {
  return tidy([
    ["cycles", seen.cycles],
    ...[...seen.accesses].flatMap(([key, { count, bits }]): [string, number][] => [
      [`count ${key}`, count],
      [`bits ${key}`, bits],
    ]),
    ...[...seen.operations].map(([name, count]): [string, number] => [`op ${name}`, count]),
    ...[...seen.rowVisits].map(([key, count]): [string, number] => [`row ${key}`, count]),
    ...[...seen.sampleVisits].map(([key, count]): [string, number] => [`sample ${key}`, count]),
    ...[...seen.fetches].map(([key, count]): [string, number] => [`fetch ${key}`, count]),
  ]);
}

/** The counts of the closed form, in the same shape. */
export function talliedLines(tally: Tally): Lines {
  return tidy([
    ["cycles", tally.cycles],
    ...tally.accesses.flatMap(({ tensor, action, count, bits }): [string, number][] => [
      [`count ${tensor} ${action}`, count],
      [`bits ${tensor} ${action}`, bits],
    ]),
    ...[...tally.operations].map(([name, count]): [string, number] => [`op ${name}`, count]),
    ...[...tally.rowVisits].flatMap(([tensor, { reads, writes }]) => [
      ...reads.map((count, row): [string, number] => [`row ${tensor} read ${row}`, count]),
      ...writes.map((count, row): [string, number] => [`row ${tensor} write ${row}`, count]),
    ]),
    ...[...tally.sampleVisits].flatMap(([tensor, { reads, writes }]): [string, number][] => [
      [`sample ${tensor} read`, reads],
      [`sample ${tensor} write`, writes],
    ]),
    ...tally.fetches.map(({ tensor, into, count, bits }): [string, number] => [
      `fetch ${tensor} ${into} ${bits}`,
      count,
    ]),
  ]);
}

function tidy(entries: readonly (readonly [string, number])[]): Lines {
  const lines: Lines = {};
  for (const entry of entries) {
    // Arrays of rows have holes for rows that were never visited.
    if (entry === undefined || entry[1] === 0) continue;
    const [key, count] = entry;
    lines[key] = (lines[key] ?? 0) + count;
  }
  return lines;
}
