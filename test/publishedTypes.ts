import { fileURLToPath } from "node:url";
import ts from "typescript";

const file = fileURLToPath(new URL("../node_modules/@salesforce/types/lib/metadata.d.ts", import.meta.url));
// Nothing but the file itself: what the compiler loads by default takes ten times as long.
const program = ts.createProgram([file], { types: [], lib: ["lib.es5.d.ts"] });
const source = program.getSourceFile(file);

/** The checker of the types that Salesforce publishes for its metadata. */
export const checker = program.getTypeChecker();

/** A published type by its name, and where it stands. */
export function publishedType(name: string): { type: ts.Type; location: ts.Node } {
  const alias = source?.statements.find(
    (statement): statement is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(statement) && statement.name.text === name,
  );
  if (alias === undefined) throw new Error(`There is no published type ${name}.`);
  return { type: checker.getTypeAtLocation(alias.name), location: alias };
}
