import { expect } from "chai";
import { NotMeasuredError, reasonIn, startContender } from "../../bench/contender.js";

/** A contender of a few lines of JavaScript. */
const program = (code: string) => ({ program: process.execPath, parameters: ["-e", code] });

const failure = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    return await promise;
  } catch (error) {
    return error;
  }
};

describe("a contender", () => {
  it("says its version and answers each slice", async () => {
    const contender = await startContender(
      program(`
        console.log('{"version": "1.0"}');
        require("readline").createInterface({ input: process.stdin })
          .on("line", (line) => console.log(JSON.stringify({ samples: 7, seconds: Number(line) })));`),
    );
    expect(contender.version).to.equal("1.0");
    expect(await contender.train(0.25)).to.deep.equal({ samples: 7, seconds: 0.25 });
    contender.end();
  });

  it("that cannot start is not measured, for the reason it gives", async () => {
    const error = await failure(startContender(program("throw new RangeError('no such form')")));
    expect(error).to.be.instanceOf(NotMeasuredError);
    expect((error as Error).message).to.equal("RangeError: no such form");
  });

  it("that does not exist is not measured", async () => {
    const error = await failure(startContender({ program: "/no/such/python3", parameters: [] }));
    expect(error).to.be.instanceOf(NotMeasuredError);
    expect((error as Error).message).to.contain("ENOENT");
  });

  it("that ends in the middle is not measured", async () => {
    const contender = await startContender(
      program(`console.log('{"version": "1.0"}'); process.stdin.once("data", () => process.exit(9));`),
    );
    const error = await failure(contender.train(0.1));
    expect(error).to.be.instanceOf(NotMeasuredError);
    expect((error as Error).message).to.equal("it ended with 9");
  });

  it("has the last error of its complaints as the reason", () => {
    const complaints =
      "Traceback (most recent call last):\n  File x\nModuleNotFoundError: No module named 'torch'\n";
    expect(reasonIn(complaints)).to.equal("ModuleNotFoundError: No module named 'torch'");
    expect(reasonIn("nothing of the kind\n")).to.equal(undefined);
  });
});
