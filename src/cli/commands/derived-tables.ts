import { quantity } from "../../report/text/numbers.js";
import { left, right, table } from "../../report/text/table.js";
import { type BusSetting, DERIVED, type DerivedFigure, type DerivedName } from "../../soc/derived-figures.js";

type OnBus = DerivedFigure & { readonly bus: BusSetting };

const isOnBus = (figure: DerivedFigure): figure is OnBus => figure.bus !== undefined;

const shown = ({ name, value }: DerivedFigure): string => quantity(value, DERIVED[name]);

const edges = ({ ddr }: BusSetting): string => (ddr ? " DDR" : "");

/** Statuses of several figures, each once. */
const statuses = (figures: readonly DerivedFigure[]): string =>
  [...new Set(figures.map(({ status }) => status))].join(", ");

/** Figures that belong to the same row, in their order. */
function rowsBy<F extends DerivedFigure>(figures: readonly F[], keyOf: (figure: F) => string): F[][] {
  const rows = new Map<string, F[]>();
  for (const figure of figures) rows.set(keyOf(figure), [...(rows.get(keyOf(figure)) ?? []), figure]);
  return [...rows.values()];
}

/** What a part's bus brings and costs, one row a way to drive it. */
function busTable(figures: readonly OnBus[]): string[] {
  const columns = [
    left("derived for bus"),
    left("burst"),
    right("supply"),
    right("bandwidth"),
    right("before data"),
    right("byte read"),
    right("byte written"),
    left("status"),
  ];
  const rows = rowsBy(figures, ({ bus, supplyVolts }) => JSON.stringify([supplyVolts, bus])).map((row) => {
    const [{ bus, supplyVolts }] = row as [OnBus];
    const of = (name: DerivedName): string =>
      row.filter((figure) => figure.name === name).map(shown)[0] ?? "";
    return [
      `${bus.clockHertz / 1e6} MHz x${bus.lanes}${edges(bus)}`,
      bus.burst,
      `${supplyVolts} V`,
      of("bandwidth"),
      of("energy.command"),
      of("energy.read"),
      of("energy.write"),
      statuses(row.filter(({ name }) => name !== "bandwidth")),
    ];
  });
  return table(columns, rows);
}

/** What does not depend on the bus, one row a figure. */
function otherTable(figures: readonly DerivedFigure[]): string[] {
  const rows = figures.map((figure) => [
    figure.name,
    `${figure.supplyVolts} V`,
    shown(figure),
    figure.low === figure.high
      ? ""
      : `${shown({ ...figure, value: figure.low })} to ${shown({ ...figure, value: figure.high })}`,
    figure.status,
  ]);
  return table([left("derived"), right("supply"), right("value"), left("range"), left("status")], rows);
}

/** What a chip derives from a part's figures; nothing for parts other than off-chip memories. */
export function derivedTables(figures: readonly DerivedFigure[]): string[] {
  const onBus = figures.filter(isOnBus);
  const others = figures.filter((figure) => !isOnBus(figure));
  return [...(onBus.length === 0 ? [] : busTable(onBus)), ...(others.length === 0 ? [] : otherTable(others))];
}
