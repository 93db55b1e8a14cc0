#!/usr/bin/env node
import { execute } from "@oclif/core";

// The manifest is that of the last build; the sources may say more.
await execute({ development: true, loadOptions: { root: import.meta.dirname, ignoreManifest: true } });
