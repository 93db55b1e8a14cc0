import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { KindName } from "../app/kindName.ts";
import { componentOfFile } from "../metadata/appFiles.ts";
import { isFurtherComponentFile } from "../metadata/furtherComponents.ts";
import type { ComponentType } from "../metadata/kind.ts";

/** A file that holds a component of an app, as far as its name and its reference to the app tell. */
export interface ComponentFile {
  path: string;
  kind: KindName;
  appName: string;
  /** Undefined for a component that no setting stands for. */
  component: ComponentType | undefined;
  fullName: string;
}

const appElement = /<(?:\w+:)?externalClientApplication>\s*([^<\s]+)/;

/** The files of apps in some folders and below them, except in hidden folders and node_modules. */
export function findComponentFiles(folders: readonly string[]): ComponentFile[] {
  const exclude = (path: string) => /^(\.|node_modules$)/.test(basename(path));
  return folders
    .flatMap((cwd) => globSync("**/*.{connectedApp,eca}*", { cwd, exclude }).map((path) => join(cwd, path)))
    .sort()
    .flatMap(componentFile);
}

function componentFile(path: string): ComponentFile[] {
  const name = basename(path);
  const known = componentOfFile(name);
  if (known !== undefined) {
    const isNamed = known.component.appElement === undefined;
    return [{ path, appName: isNamed ? known.fullName : referenceIn(path), ...known }];
  }
  if (!isFurtherComponentFile(name)) return [];
  const [fullName = ""] = name.split(".");
  return [{ path, kind: "ExternalClientApp", appName: referenceIn(path), component: undefined, fullName }];
}

/** The text of the element that names the app. The file is not parsed, because nothing else in it matters. */
function referenceIn(path: string): string {
  const source = readFileSync(path, "utf8").replace(/<!--[\s\S]*?-->/g, "");
  return appElement.exec(source)?.[1] ?? "";
}
