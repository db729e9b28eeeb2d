/** Runs `rebit verify` for every shipped experiment, and says how long each took. */
import { readdirSync } from "node:fs";
import { verificationText } from "../src/cli/verification-text.js";
import { estimate, loadExperiment, verify } from "../src/index.js";

const FOLDER = "configs/experiments";

let failed = 0;
for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"))) {
  const experiment = loadExperiment(`${FOLDER}/${file}`);
  if (!estimate(experiment).storage.fits) {
    process.stdout.write(`${file}: does not fit\n`);
    failed += 1;
    continue;
  }
  const start = performance.now();
  const verification = verify(experiment);
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(`${verificationText(verification, seconds)}\n`);
  if (!verification.holds) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
