import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { UsageError } from "./errors.js";

/** What decides where caches belong. */
interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** May throw. */
  readonly home: () => string;
}

const HERE: Surroundings = { environment: process.env, platform: process.platform, home: homedir };

/** @throws UsageError if the user has no home */
function homeOf(home: () => string): string {
  try {
    return home();
  } catch {
    throw new UsageError("this user has no home folder: name a folder for the cache in $REBIT_CACHE_DIR");
  }
}

/**
 * The folder of the outcome cache: $REBIT_CACHE_DIR, else `rebit` in $XDG_CACHE_HOME if that is absolute (as the XDG
 * Base Directory Specification 0.8 demands), else in the platform's folder for caches.
 * @throws UsageError if there is no place for one
 */
export function cacheFolder({ environment, platform, home }: Surroundings = HERE): string {
  const { REBIT_CACHE_DIR: own, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  if (own !== undefined && own !== "") return own;
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "rebit");
  if (platform === "win32") return join(local ?? join(homeOf(home), "AppData", "Local"), "rebit", "Cache");
  if (platform === "darwin") return join(homeOf(home), "Library", "Caches", "rebit");
  return join(homeOf(home), ".cache", "rebit");
}
