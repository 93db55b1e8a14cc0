// Loaded before a command that is measured: writes its requests into a file when it ends.
import { writeFileSync } from "node:fs";
import { recordRequests } from "../recordedRequests.ts";

const file = process.env.CPQ_BENCH_FILE;
// What the command forks is no part of it.
delete process.env.CPQ_BENCH_FILE;
const end = recordRequests();
if (file !== undefined) process.on("exit", () => writeFileSync(file, JSON.stringify(end())));
