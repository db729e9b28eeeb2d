import type { StateEnergy } from "./costs.js";

export interface Wear {
  readonly component: string;
  /** Most erases of any sector in one training; 0 in a memory that is written in place. */
  readonly erasesPerSector: number;
  /** Most writes of any byte in one training; only of a memory that is written in place. An FRAM writes back what it reads. */
  readonly writesPerByte?: number;
  /** Erases of a sector, or writes of a byte in a memory that is written in place; `null` if there is no limit. */
  readonly enduranceCycles: number | null;
  /** How far the endurance can be trusted. */
  readonly enduranceStatus?: string;
  /** `null` when a training wears nothing, or nothing wears out. */
  readonly trainingsUntilWornOut: number | null;
}

/** Between the battery and what uses its energy. */
export interface Supply {
  readonly voltageVolts: number;
  /** The operating point by name; absent where the chip has none. */
  readonly operatingPoint?: string;
  /** Of the core's domain; absent where the chip names none. */
  readonly coreVolts?: number;
  /** Share of the battery's energy that arrives at the supply; 1 if the chip gives none. */
  readonly efficiency: number;
  /** How far the efficiency can be trusted; absent where none is given. */
  readonly efficiencyStatus?: string;
  readonly efficiencySource?: string;
  /** Share of the supply's energy that arrives in the core's domain. */
  readonly coreEfficiency: number;
  /** What is drawn before all losses, for one training and for one inference. */
  readonly trainingDrawnJoules: number;
  readonly inferenceDrawnJoules: number;
}

export interface Battery {
  readonly capacityJoules: number;
  /** What the chip and its parts use. */
  readonly trainingEnergyJoules: number;
  /** What the battery gives for it. */
  readonly drawnJoules: number;
  /** Capacity / drawn: trainings one after the other, without self-discharge. */
  readonly trainingsPerCharge: number;
  /** Mean current of a training, at the nominal voltage. */
  readonly averageCurrentAmperes: number;
  /** Absent where the battery has no such limit. */
  readonly continuousCurrentLimitAmperes?: number;
  readonly continuousCurrentExceeded?: boolean;
  /** Current at the peak power of a training. */
  readonly peakCurrentAmperes: number;
  readonly peakCurrentLimitAmperes?: number;
  readonly peakCurrentExceeded?: boolean;
  /** Share of the nominal charge that is lost in a year. */
  readonly selfDischargePerYear?: number;
}

/** A mean day of the device. */
export interface Duty {
  readonly trainingsPerDay: number;
  readonly inferencesPerDay: number;
  /** In which the device trains or infers. */
  readonly activeSeconds: number;
  /** Of the chip and its parts, over the day. */
  readonly averageWatts: number;
  readonly energyJoules: number;
  /** What the battery gives for it, without self-discharge. */
  readonly drawnJoules: number;
  readonly day: {
    readonly training: DayShare;
    readonly inference: DayShare;
    readonly sleep: DayShare;
  };
  readonly sleep: {
    readonly sleepWatts: number;
    /** They sum to the energy of the day's sleep, left to right. */
    readonly entries: readonly StateEnergy[];
  };
  /** One charge of the battery, with its self-discharge; absent without a battery. */
  readonly batteryLife?: Life;
  /** Until the first component is worn out; absent if none ever is. */
  readonly wearLife?: Life & { readonly component: string };
  /** Which of them ends first; absent if neither does. */
  readonly limit?: "battery" | "wear";
}

/** A part of a day. */
export interface DayShare {
  readonly timeSeconds: number;
  readonly energyJoules: number;
  readonly drawnJoules: number;
}

export interface Life {
  readonly days: number;
  /** Of 365.25 days. */
  readonly years: number;
}
