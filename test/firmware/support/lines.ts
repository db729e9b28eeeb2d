import type { Tally } from "../../../src/firmware/tally.js";

type Lines = Record<string, number>;

/** The counts of the closed form as a flat record; counts of 0 are left out. */
export function talliedLines(tally: Tally): Lines {
  return tidy([
    ["cycles", tally.cycles],
    ...tally.accesses.flatMap(({ tensor, action, count, bits }): [string, number][] => [
      [`count ${tensor} ${action}`, count],
      [`bits ${tensor} ${action}`, bits],
    ]),
    ...[...tally.operations].map(([name, count]): [string, number] => [`op ${name}`, count]),
    ...tally.rowWalks.flatMap(({ tensor, reads, writes, firstRow, visits }) =>
      visits.flatMap((count, row): [string, number][] => [
        [`row ${tensor} read ${firstRow + row}`, reads ? count : 0],
        [`row ${tensor} write ${firstRow + row}`, writes ? count : 0],
      ]),
    ),
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
    const [key, count] = entry;
    if (count !== 0) lines[key] = (lines[key] ?? 0) + count;
  }
  return lines;
}
