import { expect } from "chai";
import { cacheFolder } from "../../src/cli/cache-folder.js";
import { UsageError } from "../../src/cli/errors.js";

describe("the folder of the cache", () => {
  const folder = (environment: Record<string, string>, platform: NodeJS.Platform = "linux") =>
    cacheFolder({ environment, platform, home: () => "/home/a" });

  it("is the one that the user names, else follows the XDG specification", () => {
    expect(folder({ REBIT_CACHE_DIR: "here", XDG_CACHE_HOME: "/x" })).to.equal("here");
    expect(folder({ REBIT_CACHE_DIR: "", XDG_CACHE_HOME: "/x" })).to.equal("/x/rebit");
    expect(folder({ XDG_CACHE_HOME: "relative" })).to.equal("/home/a/.cache/rebit");
    expect(folder({})).to.equal("/home/a/.cache/rebit");
  });

  it("is where the platform has caches", () => {
    expect(folder({}, "darwin")).to.equal("/home/a/Library/Caches/rebit");
    expect(folder({ LOCALAPPDATA: "/local" }, "win32")).to.equal("/local/rebit/Cache");
    expect(folder({}, "win32")).to.equal("/home/a/AppData/Local/rebit/Cache");
  });

  it("has to be named by a user without a home", () => {
    const home = () => {
      throw new Error("no such user");
    };
    const of = (environment: Record<string, string>) => cacheFolder({ environment, platform: "linux", home });
    expect(() => of({})).to.throw(UsageError, /\$REBIT_CACHE_DIR/);
    expect(of({ REBIT_CACHE_DIR: "/tmp/c" })).to.equal("/tmp/c");
  });
});
