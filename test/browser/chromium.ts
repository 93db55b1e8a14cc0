import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
const macApps = ["Google Chrome", "Chromium", "Microsoft Edge"];

/**
 * Starts a headless Chromium: the one that `CHROME_PATH` names, else the one of an npm package (Linux on x64 only), else one
 * that is installed.
 *
 * @throws where there is none
 */
export async function startChromium(): Promise<{ browser: Browser; stop: () => Promise<void> }> {
  const own = await mkdtemp(join(tmpdir(), "chromium-"));
  const remove = () => rm(own, { recursive: true, force: true });
  try {
    const executablePath = process.env.CHROME_PATH ?? (await packaged(own)) ?? installed();
    if (executablePath === undefined || !existsSync(executablePath)) {
      throw new Error(
        `No Chromium was found${executablePath === undefined ? "" : ` at ${executablePath}`}. Install one (Debian: apt-get install chromium), or name one: CHROME_PATH=/path/to/chromium npm run test:browser`,
      );
    }
    const browser = await chromium.launch({ executablePath });
    const stop = async () => {
      await browser.close();
      await remove();
    };
    return { browser, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Unpacks the Chromium of the npm package, with the libraries that a bare machine lacks, into a folder. */
async function packaged(folder: string): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const { TMPDIR } = process.env;
  // Where the package unpacks to; and its libraries only on a machine that it takes for its own.
  process.env.TMPDIR = folder;
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs24.x";
  const { default: packagedChromium } = await import("@sparticuz/chromium");
  const path = await packagedChromium.executablePath();
  // Its own list of fonts names folders of that machine; without any font, a page crashes.
  process.env.FONTCONFIG_FILE = join(folder, "fonts.conf");
  await writeFile(
    process.env.FONTCONFIG_FILE,
    `<fontconfig><dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "fonts-cache")}</cachedir></fontconfig>`,
  );
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  return path;
}

function installed(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return [
    ...folders.flatMap((folder) =>
      names.flatMap((name) => [join(folder, name), join(folder, `${name}.exe`)]),
    ),
    ...macApps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`),
    ...["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].map((variable) =>
      join(process.env[variable] ?? "", "Google", "Chrome", "Application", "chrome.exe"),
    ),
  ].find((path) => existsSync(path));
}
