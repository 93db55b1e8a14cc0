#!/usr/bin/env node
import { execute } from "@oclif/core";
import { outliveReaders } from "../lib/cli/lostReader.js";

// Help is printed before any command begins.
outliveReaders();
await execute({ dir: import.meta.url });
