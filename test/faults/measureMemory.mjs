import { writeFileSync } from "node:fs";

// Loaded before a command: writes the most memory that its process had, in KiB.
process.on("exit", () => writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS)));
