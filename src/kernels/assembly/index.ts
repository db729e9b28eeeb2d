export { projectDeltas } from "./back-project";
export { addGradient } from "./gradient";
export { signedDots } from "./signed-dots";
export { applyGradient, learnSample } from "./update";
