import type { Operator } from "soql-parser-js";
import { RestError } from "../http/salesforceErrors.ts";
import type { FieldValue, FieldValues, ObjectType } from "../objects/objectType.ts";
import { fullId } from "../salesforceId.ts";
import type { Comparison, Condition } from "./condition.ts";
import { type Literal, literalsOf } from "./literal.ts";
import { type Column, columnOf, type Scope } from "./scope.ts";
import { beyondLocalOrg, errorAt } from "./soqlError.ts";
import { likeTest } from "./stringLiteral.ts";

const nullLiteral: Literal = { kind: "value", value: null };

type Test = (record: FieldValues) => boolean;

/** What a filter needs: the query's object, its alias, the clock, and a way to run a query within the query. */
export interface FilterContext {
  scope: Scope;
  type: ObjectType;
  alias: string | undefined;
  now: number;
  subquery(query: Extract<Comparison, { valueQuery: unknown }>["valueQuery"]): FieldValue[];
}

/**
 * Makes a test of a WHERE clause.
 *
 * @throws RestError if a field does not exist, or a value does not fit its field
 */
export function filterOf(context: FilterContext, condition: Condition): Test {
  switch (condition.kind) {
    case "not": {
      const test = filterOf(context, condition.condition);
      return (record) => !test(record);
    }
    case "and": {
      const tests = condition.conditions.map((part) => filterOf(context, part));
      return (record) => tests.every((test) => test(record));
    }
    case "or": {
      const tests = condition.conditions.map((part) => filterOf(context, part));
      return (record) => tests.some((test) => test(record));
    }
    case "comparison":
      return comparisonTest(context, condition.comparison);
  }
}

function comparisonTest(context: FilterContext, comparison: Comparison): Test {
  if ("fn" in comparison) throw beyondLocalOrg(`the function ${comparison.fn.functionName}`);
  const column = columnOf(context.scope, context.type, comparison.field, context.alias);
  if (column.field.filterable === false) {
    const message = `field '${comparison.field}' can not be filtered in a query call`;
    throw errorAt(context.scope.soql, comparison.field, "INVALID_FIELD", message);
  }
  const literals = literalsIn(context, column, comparison);
  const test = valueTest(column, comparison.operator, literals);
  return (record) => test(column.read(record));
}

function literalsIn(
  context: FilterContext,
  column: Column,
  comparison: Exclude<Comparison, { fn: unknown }>,
) {
  if ("valueQuery" in comparison) {
    return context.subquery(comparison.valueQuery).map((value): Literal => ({ kind: "value", value }));
  }
  return literalsOf(comparison, column, context.scope.soql, context.now);
}

function valueTest(column: Column, operator: Operator, literals: Literal[]): (value: FieldValue) => boolean {
  const [literal = nullLiteral] = literals;
  const isId = column.field.type === "id" || column.field.type === "reference";
  const same = (value: FieldValue, other: Literal) => equals(value, other, isId);
  switch (operator) {
    case "=":
      return (value) => same(value, literal);
    case "!=":
      return (value) => !same(value, literal);
    case "IN":
      return (value) => literals.some((other) => same(value, other));
    case "NOT IN":
      return (value) => !literals.some((other) => same(value, other));
    case "LIKE": {
      if (literal.kind !== "value" || literal.source === undefined || isId) throw invalidOperator();
      const like = likeTest(literal.source);
      return (value) => typeof value === "string" && like(value);
    }
    case "<":
    case "<=":
    case ">":
    case ">=":
      if (column.field.type === "boolean") throw invalidOperator();
      return (value) => inOrder(value, operator, literal);
    default:
      throw invalidOperator();
  }
}

function equals(value: FieldValue, literal: Literal, isId: boolean): boolean {
  if (literal.kind === "range") return inOrder(value, ">=", literal) && inOrder(value, "<=", literal);
  if (typeof value !== "string" || typeof literal.value !== "string") return value === literal.value;
  return isId ? value === fullId(literal.value) : value.toLowerCase() === literal.value.toLowerCase();
}

function inOrder(value: FieldValue, operator: "<" | "<=" | ">" | ">=", literal: Literal): boolean {
  if (value === null) return false;
  if (literal.kind === "range") {
    const time = Date.parse(String(value));
    if (operator === "<") return time < literal.from;
    if (operator === "<=") return time <= literal.to;
    return operator === ">" ? time > literal.to : time >= literal.from;
  }
  if (literal.value === null) return false;
  const order = compareValues(value, literal.value);
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
}

/** The order of two values of a field; letter case does not count. Null comes before all else. */
export function compareValues(left: FieldValue, right: FieldValue): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (typeof left === "number" && typeof right === "number") return left - right;
  const [first, second] = [String(left).toLowerCase(), String(right).toLowerCase()];
  return first < second ? -1 : Number(first > second);
}

function invalidOperator(): RestError {
  return new RestError(400, "INVALID_QUERY_FILTER_OPERATOR", "invalid operator");
}
