// Reads workflows and actions with GitHub's own parser; prints each complaint, and ends with 1 if there is one.
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { basename } from "node:path";

register("./json.mjs", import.meta.url);
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");
const { parseAction } = await import("@actions/workflow-parser/actions/action-parser");

let complaints = 0;
for (const name of process.argv.slice(2)) {
  const file = { name, content: readFileSync(name, "utf8") };
  const isAction = /^action\.ya?ml$/.test(basename(name));
  const read = (isAction ? parseAction : parseWorkflow)(file, new NoOperationTraceWriter());
  if (!isAction && read.value) await convertWorkflowTemplate(read.context, read.value);
  for (const error of read.context.errors.getErrors()) {
    complaints++;
    console.log(`${name}: ${error.message}`);
  }
}
console.log(`GitHub's parser read ${process.argv.length - 2} files`);
process.exitCode = complaints ? 1 : 0;
