// The parser is a CommonJS bundle whose names Node cannot see, so it is imported as a whole.
import soqlParser, { type FieldType, type OrderByClause, type Query } from "soql-parser-js";
import { RestError } from "../http/salesforceErrors.ts";
import type { FieldValue, FieldValues, ObjectType } from "../objects/objectType.ts";
import type { Viewer } from "../objects/objectTypes.ts";
import { conditionTree } from "./condition.ts";
import { compareValues, filterOf } from "./filter.ts";
import { type Column, columnOf, openScope, type Scope } from "./scope.ts";
import { beyondLocalOrg, malformedQuery } from "./soqlError.ts";

const maxOffset = 2000;
const maxFieldsAll = 200;
const maxLength = 100_000;

/** What a query found: the records with the fields it asked for, or just their number. */
export interface QueryResult {
  scope: Scope;
  type: ObjectType;
  columns: Column[];
  records: FieldValues[];
  /** Equal to the number of records, but with `COUNT()`, which has no records. */
  totalSize: number;
}

/**
 * Runs a SOQL query.
 *
 * @throws RestError if the query is malformed, names what does not exist, or is beyond a local org
 */
export function runQuery(viewer: Viewer, soql: string): QueryResult {
  try {
    return runParsed(openScope(viewer, soql), parseSoql(soql), viewer.org.behaviour.now());
  } catch (error) {
    // Thousands of nested parentheses exhaust the stack of any recursive parser.
    if (error instanceof RangeError) throw malformedQuery("The query is nested too deeply.");
    throw error;
  }
}

function runParsed(scope: Scope, query: Query, now: number): QueryResult {
  const type = scope.objectType(query.sObject ?? "");
  const alias = query.sObjectAlias;
  const fields = query.fields ?? [];
  const isCount = fields.length === 1 && fields[0] !== undefined && isPlainCount(fields[0]);
  const columns = isCount ? [] : columnsOf(scope, type, query, fields);
  if (query.groupBy) throw beyondLocalOrg("GROUP BY");
  let records = scope.records(type);
  if (query.where) {
    const subquery = (inner: Query) => singleColumn(runParsed(scope, inner, now));
    records = records.filter(filterOf({ scope, type, alias, now, subquery }, conditionTree(query.where)));
  }
  if (query.orderBy) records = sorted(scope, type, records, [query.orderBy].flat(), alias);
  const { offset = 0, limit = records.length } = query;
  if (offset > maxOffset) {
    throw new RestError(400, "NUMBER_OUTSIDE_VALID_RANGE", `Maximum SOQL offset allowed is ${maxOffset}`);
  }
  records = records.slice(offset, offset + limit);
  return { scope, type, columns, records: isCount ? [] : records, totalSize: records.length };
}

function isPlainCount(field: FieldType): boolean {
  return (
    field.type === "FieldFunctionExpression" &&
    field.functionName.toUpperCase() === "COUNT" &&
    field.parameters.length === 0
  );
}

function columnsOf(scope: Scope, type: ObjectType, query: Query, fields: FieldType[]): Column[] {
  const paths = fields.flatMap((field): string[] => {
    if (field.type === "Field") return [("rawValue" in field && field.rawValue) || field.field];
    if (field.type === "FieldRelationship")
      return [field.rawValue ?? [...field.relationships, field.field].join(".")];
    if (field.type === "FieldFunctionExpression" && field.functionName.toUpperCase() === "FIELDS") {
      return fieldsFunction(type, String(field.parameters[0]).toUpperCase(), query.limit);
    }
    if (field.type === "FieldFunctionExpression") throw beyondLocalOrg(`the function ${field.functionName}`);
    throw beyondLocalOrg(field.type === "FieldSubquery" ? "a query in the field list" : "TYPEOF");
  });
  const columns = paths.map((path) => columnOf(scope, type, path, query.sObjectAlias));
  const names = columns.map(({ path }) => path.join("."));
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw malformedQuery(`duplicate field selected: ${repeated}`);
  return columns;
}

function fieldsFunction(type: ObjectType, which: string, limit: number | undefined): string[] {
  if (which === "STANDARD") return Object.keys(type.fields);
  if (limit === undefined || limit > maxFieldsAll) {
    throw malformedQuery(`The SOQL FIELDS function must have a LIMIT of at most ${maxFieldsAll}`);
  }
  return which === "ALL" ? Object.keys(type.fields) : [];
}

function singleColumn({ columns: [column, more], records }: QueryResult): FieldValue[] {
  if (!column || more) throw malformedQuery("The inner select query must select exactly one field");
  return records.map((record) => column.read(record));
}

function sorted(
  scope: Scope,
  type: ObjectType,
  records: FieldValues[],
  clauses: OrderByClause[],
  alias: string | undefined,
): FieldValues[] {
  const orders = clauses.map((clause) => {
    if (!("field" in clause)) throw beyondLocalOrg("a function in ORDER BY");
    const column = columnOf(scope, type, clause.field, alias);
    const direction = clause.order === "DESC" ? -1 : 1;
    const nullsOrder = clause.nulls === "LAST" ? 1 : -1;
    return (left: FieldValues, right: FieldValues) => {
      const [first, second] = [column.read(left), column.read(right)];
      if (first === null || second === null) {
        return nullsOrder * (Number(first === null) - Number(second === null));
      }
      return direction * compareValues(first, second);
    };
  });
  return records.toSorted((left, right) => {
    for (const order of orders) {
      const result = order(left, right);
      if (result !== 0) return result;
    }
    return 0;
  });
}

/**
 * Parses SOQL.
 *
 * @throws RestError MALFORMED_QUERY
 */
function parseSoql(soql: string): Query {
  if (soql.trim() === "") throw malformedQuery("A query string has to be specified");
  if (soql.length > maxLength) {
    throw malformedQuery(`SOQL statements cannot be longer than ${maxLength} characters.`);
  }
  try {
    return soqlParser.parseQuery(soql);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const found = /(?:found: *'?|found --> ')([^'\n]*)'?/.exec(message)?.[1];
    throw malformedQuery(found === undefined ? message : `unexpected token: '${found || "<EOF>"}'`);
  }
}
