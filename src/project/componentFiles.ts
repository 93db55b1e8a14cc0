import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { KindName } from "../app/kindName.ts";
import { componentOfFile } from "../metadata/appFiles.ts";
import type { ComponentType } from "../metadata/kind.ts";

/** A file that holds a component of an app, as far as its name and its reference to the app tell. */
export interface ComponentFile {
  path: string;
  kind: KindName;
  appName: string;
  component: ComponentType;
  fullName: string;
}

/** The files of apps in some folders and below them, except in hidden folders and node_modules. */
export function findComponentFiles(folders: readonly string[]): ComponentFile[] {
  const exclude = (path: string) => /^(\.|node_modules$)/.test(basename(path));
  return folders
    .flatMap((cwd) => globSync("**/*.{connectedApp,eca}*", { cwd, exclude }).map((path) => join(cwd, path)))
    .sort()
    .flatMap(componentFile);
}

function componentFile(path: string): ComponentFile[] {
  const known = componentOfFile(basename(path));
  if (known === undefined) return [];
  const { appElement } = known.component;
  const appName = appElement === undefined ? known.fullName : referenceIn(path, appElement);
  return [{ path, appName, ...known }];
}

/** The text of the element that names the app. The file is not parsed, because nothing else in it matters. */
function referenceIn(path: string, element: string): string {
  const source = readFileSync(path, "utf8").replace(/<!--[\s\S]*?-->/g, "");
  const [, name = ""] = new RegExp(`<(?:\\w+:)?${element}>\\s*([^<\\s]+)`).exec(source) ?? [];
  return name;
}
