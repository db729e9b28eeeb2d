/** How every command ends; scripts depend on these. */
export const EXIT = {
  done: 0,
  /** A check or verification failed; the result says why. */
  checkFailed: 1,
  badInput: 2,
  cannotFit: 3,
  /** EX_SOFTWARE of sysexits.h: an internal error. */
  bug: 70,
  /** 128 + SIGINT, as shells report it. */
  interrupted: 130,
} as const;

/** For the end of every help text that explains commands. */
export const EXIT_CODES_HELP = `
Exit codes:
  0    done
  1    a check or verification failed; the result says where
  2    bad input or usage; stdout is empty (lint: its problems)
  3    the experiment cannot fit on the chip; the report says what would help
  70   a bug in rebit
  130  interrupted`;
