/** What a quantity measures. Energies per something are dimensions of their own: they never convert into each other. */
export type Dimension =
  | "capacity"
  | "width"
  | "time"
  | "frequency"
  | "energy"
  | "energyPerAccess"
  | "energyPerByte"
  | "energyPerBit"
  | "energyPerCycle"
  | "energyPerPage"
  | "energyPerSector"
  | "power"
  | "voltage"
  | "current"
  | "charge"
  | "temperature"
  | "length"
  | "area"
  | "dataRate"
  | "ratio"
  | "lossRate";

/** A unit is `multiplier` x 10^`exponent` base units: both integers, so that conversion can be exact. */
export interface Unit {
  readonly name: string;
  readonly multiplier: bigint;
  readonly exponent: number;
}

/** How quantities of one dimension are written. */
export interface DimensionInfo {
  /** What it is called in a sentence, with its article: "an energy per access". */
  readonly noun: string;
  /** A typical quantity, for messages and editors. */
  readonly example: string;
  /** The unit of the parsed number. */
  readonly base: string;
  /** Every unit that is understood. */
  readonly units: readonly Unit[];
  /** The decimal units to print with, smallest first. */
  readonly printed: readonly Unit[];
  /** Further units to print with where the number gets shorter: KiB, mAh. */
  readonly alternatives: readonly Unit[];
  /** Whether an alternative is also used where the number gets no longer: nobody counts in coulombs. */
  readonly prefersAlternatives: boolean;
}

/** SI prefixes (BIPM, The International System of Units, 9th edition, table 7) from femto to giga. */
const PREFIXES = { f: -15, p: -12, n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9 } as const;
type Prefix = keyof typeof PREFIXES;

/** Binary prefixes (IEC 80000-13). */
const BINARY_PREFIXES = { Ki: 2n ** 10n, Mi: 2n ** 20n, Gi: 2n ** 30n } as const;

const unit = (name: string, multiplier: bigint, exponent: number): Unit => ({ name, multiplier, exponent });

const decimal = (symbol: string, prefixes: readonly Prefix[]): Unit[] =>
  prefixes.map((prefix) => unit(prefix + symbol, 1n, PREFIXES[prefix]));

const binary = (symbol: string): Unit[] =>
  Object.entries(BINARY_PREFIXES).map(([prefix, multiplier]) => unit(prefix + symbol, multiplier, 0));

interface Extra {
  /** Understood and, where shorter, printed. */
  readonly alternatives?: readonly Unit[];
  readonly prefersAlternatives?: boolean;
  /** Understood, never printed. */
  readonly accepted?: readonly Unit[];
}

function dimension(
  noun: string,
  example: string,
  base: string,
  printed: Unit[],
  extra: Extra = {},
): DimensionInfo {
  const { alternatives = [], accepted = [], prefersAlternatives = false } = extra;
  const units = [...printed, ...alternatives, ...accepted];
  return { noun, example, base, units, printed, alternatives, prefersAlternatives };
}

const energyPer = (denominator: string, example: string): DimensionInfo =>
  dimension(
    `an energy per ${denominator}`,
    example,
    `J/${denominator}`,
    decimal(`J/${denominator}`, ["f", "p", "n", "u", "m", ""]),
  );

const AMPERE_HOUR = 3600n;

/** Every dimension with its units. */
export const DIMENSIONS: Readonly<Record<Dimension, DimensionInfo>> = {
  capacity: dimension("a capacity", "64 KiB", "B", decimal("B", ["", "k", "M", "G"]), {
    alternatives: binary("B"),
  }),
  width: dimension("a width in bits", "32 bit", "bit", decimal("bit", [""])),
  time: dimension("a time", "15 ns", "s", decimal("s", ["p", "n", "u", "m", ""]), {
    accepted: [unit("min", 60n, 0), unit("h", 3600n, 0), unit("d", 86_400n, 0)],
  }),
  frequency: dimension("a frequency", "48 MHz", "Hz", decimal("Hz", ["", "k", "M", "G"])),
  energy: dimension("an energy", "20 uJ", "J", decimal("J", ["f", "p", "n", "u", "m", "", "k"])),
  energyPerAccess: energyPer("access", "5 pJ/access"),
  energyPerByte: energyPer("byte", "1.8 nJ/byte"),
  energyPerBit: energyPer("bit", "20 pJ/bit"),
  energyPerCycle: energyPer("cycle", "30 pJ/cycle"),
  energyPerPage: energyPer("page", "30 uJ/page"),
  energyPerSector: energyPer("sector", "3 mJ/sector"),
  power: dimension("a power", "30 uW", "W", decimal("W", ["f", "p", "n", "u", "m", "", "k"])),
  voltage: dimension("a voltage", "3.0 V", "V", decimal("V", ["u", "m", ""])),
  current: dimension("a current", "4 mA", "A", decimal("A", ["p", "n", "u", "m", ""])),
  charge: dimension("a charge", "225 mAh", "C", decimal("C", ["p", "n", "u", "m", ""]), {
    prefersAlternatives: true,
    alternatives: [unit("uAh", AMPERE_HOUR, -6), unit("mAh", AMPERE_HOUR, -3), unit("Ah", AMPERE_HOUR, 0)],
  }),
  temperature: dimension("a temperature in kelvin", "300 K", "K", decimal("K", [""])),
  length: dimension("a length", "65 nm", "m", decimal("m", ["n", "u", "m", ""])),
  area: dimension("an area", "0.5 mm2", "m2", [unit("mm2", 1n, -6)], {
    alternatives: [unit("um2", 1n, -12)],
    accepted: [unit("cm2", 1n, -4), unit("m2", 1n, 0)],
  }),
  dataRate: dimension("a data rate", "12.5 MB/s", "B/s", decimal("B/s", ["", "k", "M", "G"]), {
    alternatives: binary("B/s"),
    accepted: [
      unit("bit/s", 125n, -3),
      unit("kbit/s", 125n, 0),
      unit("Mbit/s", 125n, 3),
      unit("Gbit/s", 125n, 6),
    ],
  }),
  ratio: dimension("a ratio in per cent", "20 %", "1", [unit("%", 1n, -2)]),
  // A year is 365.25 days (IAU's Julian year), a month its twelfth.
  lossRate: dimension("a loss per time", "1 %/year", "1/year", [unit("%/year", 1n, -2)], {
    accepted: [unit("%/month", 12n, -2), unit("%/day", 36_525n, -4)],
  }),
};

/** A unit with the dimension that it belongs to. */
export interface KnownUnit extends Unit {
  readonly dimension: Dimension;
}

const UNITS_BY_NAME: ReadonlyMap<string, KnownUnit> = new Map(
  (Object.keys(DIMENSIONS) as Dimension[]).flatMap((name) =>
    DIMENSIONS[name].units.map((known): [string, KnownUnit] => [known.name, { ...known, dimension: name }]),
  ),
);

/** The unit of exactly this name, of whatever dimension. */
export function findUnit(name: string): KnownUnit | undefined {
  return UNITS_BY_NAME.get(name);
}
