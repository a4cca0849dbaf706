// Runs a composite action step by step, as GitHub's runner does: its expressions by GitHub's own evaluator, its
// scripts by bash with the runner's flags. A JSON object on stdin says what surrounds it; one on stdout, what came of it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { parse } from "yaml";

const asked = JSON.parse(readFileSync(0, "utf8"));
const action = parse(readFileSync(join(asked.action, "action.yml"), "utf8"));

function toData(value) {
  if (value === null || value === undefined) return new data.Null();
  if (typeof value === "string") return new data.StringData(value);
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (typeof value === "number") return new data.NumberData(value);
  return new data.Dictionary(...Object.entries(value).map(([key, one]) => ({ key, value: toData(one) })));
}

function evaluated(text, contexts) {
  return String(text).replace(/\$\{\{(.*?)\}\}/gs, (_, source) => {
    const tokens = new Lexer(source.trim()).lex().tokens;
    const expression = new Parser(tokens, Object.keys(contexts), []).parse();
    return new Evaluator(expression, toData(contexts)).evaluate().coerceString();
  });
}

function assignments(file) {
  const found = {};
  const lines = readFileSync(file, "utf8").split("\n");
  for (let at = 0; at < lines.length; at++) {
    const heredoc = /^([^=]+?)<<(.+)$/.exec(lines[at]);
    const plain = /^([^=]+)=(.*)$/.exec(lines[at]);
    if (heredoc) {
      const end = lines.indexOf(heredoc[2], at + 1);
      if (end < 0) throw new Error(`no end of ${heredoc[1]}`);
      found[heredoc[1]] = lines.slice(at + 1, end).join("\n");
      at = end;
    } else if (plain) found[plain[1]] = plain[2];
    else if (lines[at]) throw new Error(`not an assignment: ${lines[at]}`);
  }
  return found;
}

const inputs = {};
for (const [name, about] of Object.entries(action.inputs)) {
  inputs[name] = asked.inputs[name] ?? String(about.default ?? "");
}
for (const name of Object.keys(asked.inputs)) {
  if (!(name in action.inputs)) throw new Error(`no input is called ${name}`);
}
const contexts = { inputs, github: asked.github, runner: asked.runner, steps: {} };
const ran = [];
let failed = false;
for (const step of action.runs.steps) {
  if (failed) break;
  if (step.uses) {
    const given = Object.entries(step.with ?? {}).map(([name, value]) => [name, evaluated(value, contexts)]);
    ran.push({ uses: step.uses, with: Object.fromEntries(given) });
    continue;
  }
  if (step.shell !== "bash") throw new Error(`shell ${step.shell}`);
  if (step.run.includes("${{")) throw new Error("an expression in a script");
  const folder = mkdtempSync(join(asked.runner.temp, "step-"));
  const script = join(folder, "script.sh");
  writeFileSync(script, step.run);
  const files = { GITHUB_OUTPUT: join(folder, "output"), GITHUB_STEP_SUMMARY: join(folder, "summary") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluated(value, contexts)]);
  const done = spawnSync("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", script], {
    cwd: step["working-directory"] ? evaluated(step["working-directory"], contexts) : asked.github.workspace,
    env: { ...asked.env, ...Object.fromEntries(own), ...files },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const outputs = assignments(files.GITHUB_OUTPUT);
  if (step.id) contexts.steps[step.id] = { outputs };
  const summary = readFileSync(files.GITHUB_STEP_SUMMARY, "utf8");
  ran.push({ name: step.name, code: done.status, stdout: done.stdout, stderr: done.stderr, outputs, summary });
  failed = done.status !== 0;
}
const outputs = Object.entries(action.outputs).map(([name, about]) => [name, evaluated(about.value, contexts)]);
process.stdout.write(JSON.stringify({ steps: ran, outputs: Object.fromEntries(outputs) }));
