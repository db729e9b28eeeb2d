/** One organisation that CACTI 7 found (configs/cacti/README.md), of one bank. */
export interface SramPoint {
  readonly capacityBytes: number;
  /** Joules per access of the full width. */
  readonly readJoules: number;
  readonly writeJoules: number;
  /** Subthreshold and gate leakage of the whole bank. */
  readonly leakageWatts: number;
  readonly accessSeconds: number;
  readonly areaSquareMillimetres: number;
  readonly voltage: number;
}

/** Tables of the SRAM generator: by node, device type and width, points by rising capacity. */
export interface SramTables {
  readonly points: ReadonlyMap<string, readonly SramPoint[]>;
  /** Leakage in watts at temperatures in kelvin, 32-bit lstp banks, by node and capacity. */
  readonly leakage: readonly LeakagePoint[];
}

export interface LeakagePoint {
  readonly nodeNanometres: number;
  readonly capacityBytes: number;
  readonly temperatureKelvin: number;
  readonly watts: number;
}

export interface SramQuery {
  readonly nodeNanometres: number;
  readonly devices: "lstp" | "lop" | "hp";
  readonly widthBits: number;
  readonly capacityBytes: number;
  readonly temperatureKelvin: number;
}

/** A question that the table cannot answer; `field` is the chip's field to change. */
export class SramTableError extends Error {
  override readonly name = "SramTableError";
  constructor(
    readonly field: "node" | "devices" | "width" | "capacity" | "temperature",
    message: string,
  ) {
    super(message);
  }
}

const NANO = 1e-9;
const MICRO = 1e-6;

/** Reads configs/cacti/cacti-sram.csv and cacti-sram-temperature.csv. */
export function parseSramTables(sramCsv: string, temperatureCsv: string): SramTables {
  const points = new Map<string, SramPoint[]>();
  for (const row of rows(sramCsv)) {
    const key = keyOf(
      row.number("tech_nm"),
      row.text("device_type").replace("itrs-", ""),
      row.number("bus_width_bits"),
    );
    const list = points.get(key) ?? [];
    list.push({
      capacityBytes: row.number("capacity_bytes"),
      readJoules: row.number("read_energy_nJ") * NANO,
      writeJoules: row.number("write_energy_nJ") * NANO,
      leakageWatts: row.number("leakage_total_uW") * MICRO,
      accessSeconds: row.number("access_time_ns") * NANO,
      areaSquareMillimetres: row.number("area_mm2"),
      voltage: row.number("vdd_V"),
    });
    points.set(key, list);
  }
  for (const list of points.values()) list.sort((a, b) => a.capacityBytes - b.capacityBytes);
  const leakage = rows(temperatureCsv)
    .filter((row) => row.text("device_type") === "itrs-lstp" && row.text("optimize") === "ED")
    .map((row) => ({
      nodeNanometres: row.number("tech_nm"),
      capacityBytes: row.number("capacity_bytes"),
      temperatureKelvin: row.number("temp_K"),
      watts: row.number("leakage_total_uW") * MICRO,
    }));
  return { points, leakage };
}

/**
 * The bank's figures, interpolated in log-log between capacities (energy is not monotone in size point by point,
 * configs/cacti/README.md, trap 2). Temperature changes leakage only.
 * @throws SramTableError outside the table.
 */
export function lookUpSram(tables: SramTables, query: SramQuery): SramPoint {
  const { nodeNanometres, devices, widthBits, capacityBytes } = query;
  const list = tables.points.get(keyOf(nodeNanometres, devices, widthBits));
  if (list === undefined) throw missing(tables, query);
  const [below, above] = neighbours(list, capacityBytes);
  const t = fraction(below.capacityBytes, above.capacityBytes, capacityBytes);
  const mix = (pick: (point: SramPoint) => number): number => logInterpolate(pick(below), pick(above), t);
  return {
    capacityBytes,
    readJoules: mix((point) => point.readJoules),
    writeJoules: mix((point) => point.writeJoules),
    leakageWatts: mix((point) => point.leakageWatts) * leakageFactor(tables, query),
    accessSeconds: mix((point) => point.accessSeconds),
    areaSquareMillimetres: mix((point) => point.areaSquareMillimetres),
    voltage: below.voltage,
  };
}

/** The largest bank that the table has costs for. @throws SramTableError for a process or width that it does not have */
export function largestBankBytes(tables: SramTables, query: SramQuery): number {
  const list = tables.points.get(keyOf(query.nodeNanometres, query.devices, query.widthBits));
  if (list === undefined) throw missing(tables, query);
  return list.at(-1)?.capacityBytes ?? 0;
}

function keyOf(nodeNanometres: number, devices: string, widthBits: number): string {
  return `${nodeNanometres} ${devices} ${widthBits}`;
}

function missing(tables: SramTables, { nodeNanometres, devices, widthBits }: SramQuery): SramTableError {
  const keys = [...tables.points.keys()].map((key) => key.split(" "));
  const choices = (part: number): string =>
    [...new Set(keys.map((key) => key[part] ?? ""))].sort((a, b) => Number(a) - Number(b)).join(", ");
  if (!keys.some(([node]) => node === String(nodeNanometres))) {
    return new SramTableError(
      "node",
      `the SRAM table has no ${nodeNanometres} nm node; it has ${choices(0)} nm`,
    );
  }
  if (!keys.some(([, type]) => type === devices)) {
    return new SramTableError("devices", `the SRAM table has no ${devices} devices; it has ${choices(1)}`);
  }
  return new SramTableError("width", `the SRAM table has no ${widthBits} bit port; it has ${choices(2)} bit`);
}

function neighbours<P extends { readonly capacityBytes: number }>(
  list: readonly P[],
  capacityBytes: number,
): [P, P] {
  const above = list.find((point) => point.capacityBytes >= capacityBytes);
  const below = list.findLast((point) => point.capacityBytes <= capacityBytes);
  if (above !== undefined && below !== undefined) return [below, above];
  const [low, high] = [list[0], list.at(-1)].map((point) => `${(point?.capacityBytes ?? 0) / 1024} KiB`);
  throw new SramTableError(
    "capacity",
    `the SRAM table has banks of ${low} to ${high}; this bank is ${Number((capacityBytes / 1024).toPrecision(6))} KiB: change capacity or banks, or give energy, power and accessTime`,
  );
}

/** Ratio of leakage at a temperature to that at 300 K: measured for lstp only, ln(leakage) linear in temperature. */
function leakageFactor(tables: SramTables, query: SramQuery): number {
  const { temperatureKelvin, nodeNanometres, devices } = query;
  if (temperatureKelvin === 300) return 1;
  const node = tables.leakage.filter((point) => point.nodeNanometres === nodeNanometres);
  const temperatures = [...new Set(node.map((point) => point.temperatureKelvin))].sort((a, b) => a - b);
  const coldest = temperatures[0] ?? 300;
  const hottest = temperatures.at(-1) ?? 300;
  if (devices !== "lstp" || temperatureKelvin < coldest || temperatureKelvin > hottest) {
    throw new SramTableError(
      "temperature",
      `leakage is known for lstp from ${coldest} K to ${hottest} K, and for other devices at 300 K; found ${temperatureKelvin} K`,
    );
  }
  const at = (kelvin: number): number => {
    const points = node.filter((point) => point.temperatureKelvin === kelvin);
    const sorted = points.toSorted((a, b) => a.capacityBytes - b.capacityBytes);
    const smallest = sorted[0]?.capacityBytes ?? 0;
    const largest = sorted.at(-1)?.capacityBytes ?? 0;
    // Outside the measured sizes the ratio of the nearest size serves.
    const capacity = Math.min(Math.max(query.capacityBytes, smallest), largest);
    const [below, above] = neighbours(sorted, capacity);
    return logInterpolate(
      below.watts,
      above.watts,
      fraction(below.capacityBytes, above.capacityBytes, capacity),
    );
  };
  const cooler = temperatures.findLast((kelvin) => kelvin <= temperatureKelvin) ?? coldest;
  const warmer = temperatures.find((kelvin) => kelvin >= temperatureKelvin) ?? hottest;
  const t = cooler === warmer ? 0 : (temperatureKelvin - cooler) / (warmer - cooler);
  return logInterpolate(at(cooler), at(warmer), t) / at(300);
}

function fraction(low: number, high: number, value: number): number {
  return low === high ? 0 : Math.log(value / low) / Math.log(high / low);
}

function logInterpolate(low: number, high: number, t: number): number {
  return t === 0 ? low : t === 1 ? high : low ** (1 - t) * high ** t;
}

interface Row {
  text(column: string): string;
  number(column: string): number;
}

function rows(csv: string): Row[] {
  const [header, ...lines] = csv.trim().split(/\r?\n/);
  const columns = (header ?? "").split(",");
  return lines.map((line) => {
    const values = line.split(",");
    const text = (column: string): string => values[columns.indexOf(column)] ?? "";
    return { text, number: (column) => Number(text(column)) };
  });
}
