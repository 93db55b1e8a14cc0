import { join, parse } from "node:path";
import { Readable } from "node:stream";
import {
  ComponentSet,
  DestructiveChangesType,
  MetadataApiDeploy,
  type MetadataApiDeployOptions,
  type MetadataApiDeployStatus,
  RegistryAccess,
  registry,
  SourceComponent,
  VirtualTreeContainer,
} from "@salesforce/source-deploy-retrieve";
import type { MetadataFile } from "../metadata/kind.ts";
import { formatXml } from "../metadata/xmlText.ts";

/** A component by metadata type and fullName. */
export interface ComponentName {
  type: string;
  fullName: string;
}

/** Salesforce's own types. A project's changes to them apply only to the project's own files. */
const types = new RegistryAccess(registry);

/**
 * The folder in which the files seem to be. They belong to no project, and a project in the working folder must not
 * replace texts in them. No glob matches a folder whose name begins with a dot.
 */
const root = parse(process.cwd()).root;
const folder = join(root, ".memory");

/** A deploy whose files are not on the disk. */
export class MemoryDeploy extends MetadataApiDeploy {
  constructor(options: MetadataApiDeployOptions) {
    super(options);
    // The variable SF_MDAPI_TEMP_DIR asks for a copy of each deploy on the disk. This deploy may hold a consumer
    // secret.
    delete this.mdapiTempDir;
  }

  /** Tells other plugins how the deploy ended, as its own polling would. */
  async announce(status: MetadataApiDeployStatus): Promise<void> {
    await this.post(status);
  }
}

/** A folder in memory. The library's own cannot be read as a stream. */
class MemoryFolder extends VirtualTreeContainer {
  override stream(path: string): Readable {
    return Readable.from([this.readFileSync(path)]);
  }
}

/** The components of files, to be deployed. `.forceignore` is not considered. */
export function componentsOf(files: readonly MetadataFile[]): ComponentSet {
  const named = files.map(({ component: { type, suffix }, fullName, content }) => ({
    type,
    fullName,
    name: `${fullName}.${suffix}-meta.xml`,
    data: Buffer.from(formatXml(content)),
  }));
  const tree = new MemoryFolder([{ dirPath: folder, children: named }]);
  return withoutProject(
    named.map(({ type, fullName, name }) => {
      const properties = { name: fullName, type: types.getTypeByName(type), xml: join(folder, name) };
      return new SourceComponent(properties, tree);
    }),
  );
}

/** Components to be deleted. */
export function deletionsOf(names: readonly ComponentName[]): ComponentSet {
  const components = withoutProject([]);
  for (const { type, fullName } of names) {
    const component = new SourceComponent({ name: fullName, type: types.getTypeByName(type) });
    components.add(component, DestructiveChangesType.POST);
  }
  return components;
}

function withoutProject(components: SourceComponent[]): ComponentSet {
  const set = new ComponentSet(components, types);
  set.projectDirectory = root;
  return set;
}
