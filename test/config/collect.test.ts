import { expect } from "chai";
import { attempt, collectProblems } from "../../src/config/collect.js";
import { ConfigError, problemAt } from "../../src/config/problem.js";
import { problemsOf } from "./support/problems.js";

const at = (file: string, line: number) => problemAt({ file, line, column: 1 }, "code", "message");
const refuse = (file: string, line: number) => (): never => {
  throw new ConfigError([at(file, line)]);
};
const places = (action: () => unknown): string[] =>
  problemsOf(action).map(({ path, line }) => `${path}:${line}`);

describe("collectProblems", () => {
  it("gives the result where there are no problems", () => {
    expect(collectProblems((report) => attempt(report, () => 7))).to.equal(7);
    expect(collectProblems(() => undefined)).to.equal(undefined);
  });

  it("tells reported, attempted and thrown problems by file and position, none twice", () => {
    const action = () =>
      collectProblems((report) => {
        report([at("b", 3)]);
        attempt(report, refuse("a", 9));
        attempt(report, refuse("b", 1));
        report([at("a", 9)]);
        return refuse("a", 2)();
      });
    expect(places(action)).to.deep.equal(["b:1", "b:3", "a:2", "a:9"]);
    expect(places(() => collectProblems((report) => report([at("a", 1)])))).to.deep.equal(["a:1"]);
  });

  it("lets other errors through", () => {
    const bug = () => {
      throw new TypeError("a bug");
    };
    expect(() => collectProblems((report) => attempt(report, bug))).to.throw(TypeError);
  });
});
