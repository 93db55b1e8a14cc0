import type { QueryResult } from "../soql/runQuery.ts";
import type { Column } from "../soql/scope.ts";

interface ColumnMetadata {
  aggregate: boolean;
  apexType: string;
  booleanType: boolean;
  columnName: string;
  custom: boolean;
  displayName: string;
  foreignKeyName: string | null;
  insertable: boolean;
  joinColumns: ColumnMetadata[];
  numberType: boolean;
  textType: boolean;
  updatable: boolean;
}

/** What a query with `columns=true` answers: its columns, a related object's below the relationship's name, and no records. */
export function columnMetadata({ type, columns }: QueryResult): Record<string, unknown> {
  const paths = columns.map(({ path }) => path);
  return {
    columnMetadata: columns.map((column) => metadataOf(column, column.path)),
    entityName: type.name,
    groupBy: false,
    idSelected: paths.some((path) => path.length === 1 && path[0] === "Id"),
    keyPrefix: type.keyPrefix,
  };
}

const apexTypes: Readonly<Record<Column["field"]["type"], string>> = {
  id: "Id",
  reference: "Id",
  string: "String",
  boolean: "Boolean",
  int: "Integer",
  datetime: "Datetime",
  date: "Date",
};

function metadataOf(column: Column, path: readonly string[]): ColumnMetadata {
  const [name = "", ...rest] = path;
  const isLast = rest.length === 0;
  const { type } = column.field;
  return {
    aggregate: false,
    apexType: isLast ? apexTypes[type] : "sObject",
    booleanType: isLast && type === "boolean",
    columnName: name,
    custom: false,
    displayName: name,
    foreignKeyName: null,
    insertable: false,
    joinColumns: isLast ? [] : [metadataOf(column, rest)],
    numberType: isLast && type === "int",
    textType: isLast && ["id", "reference", "string"].includes(type),
    updatable: false,
  };
}
