import type { Report } from "../../../src/report/report.js";

/** A small report with every section filled: two iterations, four components, a spilled tensor. */
export const fullReport: Report = {
  schema: "rebit/report@1",
  experiment: {
    name: "tiny",
    chip: "tiny-chip",
    firmware: "packed-fields",
    workload: "tiny-net",
    seed: 7,
    inputs: [{ path: "../chips/tiny.yaml", sha256: "ab".repeat(32) }],
  },
  activity: {
    source: "trained",
    sha256: "cd".repeat(32),
    iterations: [
      { iteration: 1, epochs: 3, snapshots: 2, rowUpdates: [[30, 29], [31]], zeroDeltaSamples: [4] },
      { iteration: 2, epochs: 2, snapshots: 1, rowUpdates: [[20, 19], [21]], zeroDeltaSamples: [5] },
    ],
  },
  accuracy: {
    testErrorPercent: 4.63,
    iterations: [
      {
        iteration: 1,
        hiddenUnits: [2],
        weights: 1588,
        plasticBits: 12,
        bitsPerWeight: 12,
        epochs: 3,
        bestEpoch: 2,
        trainErrorPercent: 9.5,
        validationErrorPercent: 8.25,
        testErrorPercent: 9.16,
      },
      {
        iteration: 2,
        hiddenUnits: [4],
        weights: 3176,
        plasticBits: 11,
        bitsPerWeight: 6,
        epochs: 2,
        bestEpoch: 2,
        trainErrorPercent: 5.125,
        validationErrorPercent: 4.2,
        testErrorPercent: 4.63,
      },
    ],
  },
  operations: {
    paper: { learning: { shift: 7940, multiply: 3177, add: 7941 }, inference: { shift: 3178, add: 3179 } },
    exact: [
      { phase: "forward", iteration: 1, op: "add", count: 158_800 },
      { phase: "forward", iteration: 2, op: "add", count: 317_600 },
      { phase: "update", iteration: 1, op: "shift", count: 12_345 },
    ],
  },
  storage: {
    weights: { bits: 19_056, bytes: 2382, finalWeights: 3176, bitsPerWeight: 6 },
    fits: true,
    misfits: [],
    levers: [
      {
        change: "workload.training.batch: 1",
        set: "workload.training.batch=1",
        savesBytes: 4096,
        fits: true,
        allOnChip: true,
      },
    ],
    placement: {
      objective: "energy",
      method: "search",
      cost: 0.25,
      lowerBound: 0.25,
      gap: 0,
      isOptimal: true,
    },
    onChip: {
      capacityBytes: 65_536,
      peakBytes: 60_000,
      lowerBoundBytes: 66_000,
      fits: false,
      spilledBytes: 6001,
      items: [
        { tensor: "weights", component: "sram", bytes: 2383, address: 1024, from: "load", to: "recycle" },
        { tensor: "stack", component: "sram", bytes: 1025, address: 0, from: "load", to: "recycle" },
      ],
    },
    offChip: {
      bytes: 6002,
      items: [
        { tensor: "gradient", component: "flash", bytes: 6003, address: 4096, from: "update", to: "update" },
      ],
    },
  },
  traffic: [
    entry("sram", "read", "weights", "forward", 1, 101_101, 404_404),
    entry("sram", "read", "weights", "forward", 2, 202_202, 808_808),
    entry("sram", "write", "weights", "update", 1, 33_333, 133_332),
    entry("flash", "program", "gradient", "update", 1, 77, 19_712),
  ],
  time: {
    timeSeconds: 0.1875,
    cycles: 9_000_000,
    clockHertz: 48e6,
    method: "simulated",
    bottleneck: "core",
    stalls: [{ component: "flash", cause: "erase", cycles: 12 }],
    utilisation: [{ component: "core", busyCycles: 8_999_999 }],
    phases: [
      { phase: "forward", iteration: 1, timeSeconds: 0.0625, cycles: 3_000_000 },
      { phase: "forward", iteration: 2, timeSeconds: 0.083_333_333_333_333_33, cycles: 4_000_000 },
      { phase: "update", iteration: 1, timeSeconds: 0.041_666_666_666_666_664, cycles: 2_000_000 },
    ],
  },
  energy: {
    energyJoules: 0.0004,
    placeholderShare: 0.675,
    entries: [
      {
        component: "core",
        action: "active",
        count: 9_000_001,
        joulesPerAction: 30e-12,
        energyJoules: 0.000_27,
        source: "a guess, (chips/tiny.yaml:9)",
        status: "placeholder",
      },
      {
        component: "sram",
        state: "on",
        timeSeconds: 0.1876,
        watts: 0.000_69,
        energyJoules: 0.000_13,
        source: 'CACTI 7, "lstp"',
        status: "derived",
      },
    ],
    phases: [
      { phase: "forward", iteration: 1, energyJoules: 0.0001 },
      { phase: "forward", iteration: 2, energyJoules: 0.000_21 },
      { phase: "update", iteration: 1, energyJoules: 0.000_09 },
    ],
  },
  power: {
    averageWatts: 0.002_133,
    peakWatts: 0.0625,
    peakPhaseWatts: 0.0025,
    peakMoment: "erase of flash",
    peakBlocks: [
      { component: "core", state: "sleep", watts: 0.0025 },
      { component: "flash", action: "erase", watts: 0.06 },
    ],
  },
  area: {
    squareMillimetres: 0.4879,
    entries: [{ component: "sram", squareMillimetres: 0.4878, source: "CACTI 7", status: "derived" }],
  },
  perSample: { timeSeconds: 0.000_125, energyJoules: 2.5e-7 },
  inference: {
    timeSeconds: 0.000_05,
    cycles: 2400,
    energyJoules: 1.25e-7,
    traffic: [entry("sram", "read", "weights", "infer", 2, 596, 2384)],
  },
  wear: [
    { component: "flash", erasesPerSector: 40, enduranceCycles: 100_000, trainingsUntilWornOut: 2500 },
    { component: "spare", erasesPerSector: 0, enduranceCycles: 60_000, trainingsUntilWornOut: null },
    {
      component: "fram",
      erasesPerSector: 0,
      writesPerByte: 1250,
      enduranceCycles: 1e13,
      enduranceStatus: "datasheet",
      trainingsUntilWornOut: 8e9,
    },
    {
      component: "mram",
      erasesPerSector: 0,
      writesPerByte: 1,
      enduranceCycles: null,
      trainingsUntilWornOut: null,
    },
  ],
  supply: {
    voltageVolts: 3,
    operatingPoint: "slow",
    coreVolts: 0.9,
    efficiency: 0.8,
    efficiencyStatus: "given",
    efficiencySource: "(chips/tiny.yaml:3)",
    coreEfficiency: 0.3,
    trainingDrawnJoules: 0.0005,
    inferenceDrawnJoules: 1.5625e-7,
  },
  battery: {
    capacityJoules: 2430,
    trainingEnergyJoules: 0.0004,
    drawnJoules: 0.0005,
    trainingsPerCharge: 4_860_000,
    averageCurrentAmperes: 0.001,
    continuousCurrentLimitAmperes: 0.003,
    continuousCurrentExceeded: false,
    peakCurrentAmperes: 0.025,
    peakCurrentLimitAmperes: 0.015,
    peakCurrentExceeded: true,
    selfDischargePerYear: 0.01,
  },
  duty: {
    trainingsPerDay: 2,
    inferencesPerDay: 1000,
    activeSeconds: 0.425,
    averageWatts: 1.5e-5,
    energyJoules: 1.296,
    drawnJoules: 1.62,
    day: {
      training: { timeSeconds: 0.375, energyJoules: 0.0008, drawnJoules: 0.001 },
      inference: { timeSeconds: 0.05, energyJoules: 0.000_125, drawnJoules: 0.000_156_25 },
      sleep: { timeSeconds: 86_399.575, energyJoules: 1.295_075, drawnJoules: 1.618_843_75 },
    },
    sleep: {
      sleepWatts: 1.5e-5,
      entries: [
        {
          component: "core",
          state: "sleep",
          timeSeconds: 86_399.575,
          watts: 5e-6,
          energyJoules: 0.431_997_875,
          source: "a guess",
          status: "placeholder",
        },
        {
          component: "sram",
          state: "retention",
          timeSeconds: 86_399.575,
          watts: 1e-5,
          energyJoules: 0.863_995_75,
          source: "CACTI 7",
          status: "derived",
        },
      ],
    },
    batteryLife: { days: 1440, years: 3.9425 },
    wearLife: { component: "flash", days: 1250, years: 3.4223 },
    limit: "wear",
  },
  notes: ["time rests on estimates"],
};

/** What is left of it when the experiment cannot fit: nothing ran, so nothing took time or energy. */
export function misfitReport(): Report {
  const {
    activity: _a,
    time: _t,
    energy: _e,
    power: _p,
    perSample: _s,
    inference: _i,
    battery: _b,
    supply: _u,
    duty: _d,
    ...rest
  } = fullReport;
  const { storage, operations } = rest;
  return {
    ...rest,
    accuracy: {
      iterations: [{ iteration: 1, hiddenUnits: [2], weights: 1588, plasticBits: 12, bitsPerWeight: 12 }],
    },
    operations: { ...operations, exact: [] },
    storage: { ...storage, fits: false },
    traffic: [],
    wear: [],
    notes: [],
  };
}

function entry(
  component: string,
  action: string,
  tensor: string,
  phase: string,
  iteration: number,
  count: number,
  bytes: number,
) {
  return { component, action, tensor, phase, iteration, count, bytes };
}
